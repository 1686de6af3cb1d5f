"""What stands on a person of the post acted in can never differ from the posting: raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from agencies.models import Posting, User
from tests.factories import NOON, AgencyFactory, PostingFactory, UserFactory


def run(sql, *values):
    """One statement, and then every check that waits for the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class TestCopies:
    def test_stand_as_the_posting_has_them_from_the_first_moment(self, person):
        posting = Posting.objects.get()

        assert person.posting == posting
        assert (posting.person, posting.agency) == (person, person.agency)
        assert (posting.role, posting.post) == (person.role, person.post)
        run("SELECT 1")

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE agencies_user SET role = 'COMMANDER' WHERE id = %s",
            "UPDATE agencies_user SET post = 'Inspector General' WHERE id = %s",
        ],
    )
    def test_cannot_be_changed_on_the_person_alone(self, person, change):
        with pytest.raises(IntegrityError, match="user_repeats_the_posting"):
            run(change, person.pk)

    def test_cannot_name_another_agency_than_the_posting(self, person):
        other = AgencyFactory.create()

        with pytest.raises(IntegrityError, match="user_repeats_the_posting"):
            run("UPDATE agencies_user SET agency_id = %s WHERE id = %s", other.pk, person.pk)

    def test_cannot_be_those_of_a_post_that_somebody_else_holds(self, person):
        other = UserFactory.create(agency=person.agency, role=person.role, post=person.post)

        with pytest.raises(IntegrityError, match="user_repeats_the_posting"):
            run(
                "UPDATE agencies_user SET posting_id = %s WHERE id = %s",
                other.posting_id,
                person.pk,
            )

    def test_follow_the_posting_when_it_changes(self, person):
        run("UPDATE agencies_posting SET role = 'COMMANDER', post = 'DSP'")

        person.refresh_from_db()
        assert (person.role, person.post) == ("COMMANDER", "DSP")

    def test_are_never_missing(self, person):
        with pytest.raises(IntegrityError, match="posting_id"):
            run("UPDATE agencies_user SET posting_id = NULL WHERE id = %s", person.pk)


class TestPosting:
    def test_never_passes_to_another_person_or_agency(self, person):
        other = UserFactory.create()

        with pytest.raises(DatabaseError, match="Cannot update"):
            run("UPDATE agencies_posting SET person_id = %s", other.pk)
        with pytest.raises(DatabaseError, match="Cannot update"):
            run("UPDATE agencies_posting SET agency_id = %s", other.agency_id)

    def test_is_never_deleted(self, person):
        with pytest.raises(DatabaseError, match="Cannot delete"):
            run("DELETE FROM agencies_posting WHERE id = %s", person.posting_id)

    def test_lets_nobody_in_once_it_has_ended(self, person, admin):
        with pytest.raises(IntegrityError, match="post that has ended"):
            run(
                "UPDATE agencies_posting SET ended_at = %s, ended_by_id = %s WHERE id = %s",
                NOON,
                admin.pk,
                person.posting_id,
            )

    def test_that_has_ended_does_not_begin_again(self, person, admin):
        ended = PostingFactory.create(person=person, ended_at=NOON, ended_by=admin)

        with pytest.raises(DatabaseError, match="Cannot update"):
            run("UPDATE agencies_posting SET ended_at = NULL WHERE id = %s", ended.pk)

    def test_opens_no_account_once_it_has_ended(self, person, admin):
        User.objects.filter(pk=person.pk).update(is_active=False)
        Posting.objects.filter(pk=person.posting_id).update(ended_at=NOON, ended_by=admin)
        run("SELECT 1")

        with pytest.raises(IntegrityError, match="post that has ended"):
            run("UPDATE agencies_user SET is_active = true WHERE id = %s", person.pk)

    def test_is_one_at_a_time_in_one_agency(self, person):
        with pytest.raises(IntegrityError, match="one_live_post_in_an_agency"):
            PostingFactory.create(person=person, agency=person.agency)

    def test_has_a_time_and_a_hand_when_it_ends(self, person):
        with pytest.raises(IntegrityError, match="end_has_a_time_and_a_hand"):
            PostingFactory.create(person=person, ended_at=NOON)
