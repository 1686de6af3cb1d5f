import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied

from agencies.actions import accounts, postings
from agencies.actions._doors import OwnAccount
from agencies.choices import Role
from agencies.models import Posting, User
from audit.choices import Verb
from audit.models import Event
from tests.factories import NOON, AgencyFactory, DistrictFactory, PostingFactory, UserFactory


def give(by, person, agency, **changes):
    fields = {"role": Role.COMMANDER, "post": "Member", "areas": []}
    return postings.give_posting(
        person_id=person.pk, agency=agency, by=by, at=NOON, **(fields | changes)
    )


def change(by, posting, **changes):
    fields = {"role": Role(posting.role), "post": posting.post, "areas": []}
    return postings.change_posting(posting_id=posting.pk, by=by, at=NOON, **(fields | changes))


def end(by, posting):
    return postings.end_posting(posting_id=posting.pk, by=by, at=NOON)


def take(by, posting, session_key=None):
    return postings.take_posting(posting_id=posting.pk, by=by, at=NOON, session_key=session_key)


class TestGivePosting:
    def test_leaves_the_person_in_the_post_they_act_in(self, system_admin, person):
        other = AgencyFactory.create()

        posting = give(system_admin, person, other)

        before = person.posting_id
        person.refresh_from_db()
        assert person.posting_id == before
        assert list(Posting.objects.of(person)) == [Posting.objects.get(pk=before), posting]
        event = Event.objects.about(posting).get()
        assert (event.verb, event.target_agency_id) == (Verb.POSTING_GIVEN, other.pk)

    def test_refuses_a_second_one_in_the_same_agency(self, admin, person):
        with pytest.raises(postings.PostHeld, match="already"):
            give(admin, person, person.agency)

    def test_refuses_an_agency_that_is_switched_off(self, system_admin, person):
        with pytest.raises(postings.AgencyClosed):
            give(system_admin, person, AgencyFactory.create(is_active=False))

    def test_refuses_oneself_a_post_that_reads_more(self, system_admin):
        with pytest.raises(OwnAccount):
            give(system_admin, system_admin, AgencyFactory.create())

    def test_refuses_an_agency_admin_another_agency_and_a_role_above(self, admin, person):
        with pytest.raises(PermissionDenied):
            give(admin, person, AgencyFactory.create())
        with pytest.raises(PermissionDenied):
            give(admin, person, admin.agency, role=Role.AUDITOR)

    def test_shows_nobody_to_a_stranger(self, stranger, person):
        with pytest.raises(User.DoesNotExist):
            give(stranger, person, stranger.agency)

        assert not Event.objects.exists()


class TestChangePosting:
    def test_holds_for_the_person_at_once(self, admin, person):
        district = DistrictFactory.create()

        change(admin, person.posting, role=Role.COMMANDER, post="DSP", areas=[district])

        person.refresh_from_db()
        assert (person.role, person.post) == ("COMMANDER", "DSP")
        assert list(person.areas) == [district]
        event = Event.objects.get(verb=Verb.POSTING_CHANGED)
        assert event.data["role"] == ["INVESTIGATOR", "COMMANDER"]
        assert event.data["areas"] == [[], [district.pk]]

    def test_refuses_one_that_has_ended(self, admin, person):
        ended = PostingFactory.create(
            person=person, agency=admin.agency, ended_at=NOON, ended_by=admin
        )

        with pytest.raises(postings.PostEnded):
            change(admin, ended, post="Other")

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN])
    def test_refuses_an_agency_admin_a_role_above(self, admin, person, role):
        with pytest.raises(PermissionDenied):
            change(admin, person.posting, role=role)

    def test_refuses_ones_own(self, admin):
        with pytest.raises(OwnAccount):
            change(admin, admin.posting, role=Role.COMMANDER)

    def test_refuses_the_post_that_a_colleague_holds_elsewhere(self, admin, person):
        with pytest.raises(PermissionDenied):
            change(admin, PostingFactory.create(person=person), post="Other")

    def test_shows_nobody_to_an_outsider(self, outsider, person):
        with pytest.raises(User.DoesNotExist):
            change(outsider, person.posting, post="Other")

        assert not Event.objects.exists()


class TestEndPosting:
    def test_moves_whoever_acts_in_it_to_the_post_left(self, admin, person, client):
        client.force_login(person)
        other = PostingFactory.create(person=person)

        end(admin, person.posting)

        person.refresh_from_db()
        assert person.is_active
        assert (person.posting, person.agency, person.role) == (other, other.agency, other.role)
        assert not Session.objects.exists()
        assert Event.objects.get().verb == Verb.POSTING_ENDED

    def test_closes_the_account_with_the_last_one(self, admin, person, client):
        client.force_login(person)

        end(admin, person.posting)

        person.refresh_from_db()
        assert not person.is_active
        assert not Session.objects.exists()
        assert {each.verb for each in Event.objects.all()} == {
            Verb.POSTING_ENDED,
            Verb.USER_CLOSED,
        }

    def test_changes_nothing_for_whom_acts_in_another(self, system_admin, person, client):
        client.force_login(person)
        before = person.posting_id

        end(system_admin, PostingFactory.create(person=person))

        person.refresh_from_db()
        assert person.posting_id == before
        assert Session.objects.count() == 1

    def test_twice_is_the_same_as_once(self, system_admin, person):
        for _time in range(2):
            end(system_admin, person.posting)

        assert Event.objects.filter(verb=Verb.POSTING_ENDED).count() == 1

    def test_refuses_ones_own_so_that_one_admin_is_always_left(self, system_admin):
        with pytest.raises(OwnAccount):
            end(system_admin, system_admin.posting)

    def test_refuses_an_agency_admin_the_auditors(self, admin, agency):
        with pytest.raises(PermissionDenied):
            end(admin, UserFactory.create(auditor=True, agency=agency).posting)

    def test_shows_nobody_to_a_stranger(self, stranger, person):
        with pytest.raises(User.DoesNotExist):
            end(stranger, person.posting)

    def test_leaves_a_way_back_by_a_new_post(self, admin, person):
        end(admin, person.posting)

        posting = give(admin, person, admin.agency)
        accounts.reopen_account(person_id=person.pk, by=admin, at=NOON)

        person.refresh_from_db()
        assert person.is_active
        assert person.posting == posting


class TestTakePosting:
    def test_makes_the_person_act_in_it_and_ends_the_other_sessions(self, person, client):
        client.force_login(person)
        here = client.session.session_key
        client.cookies.clear()
        client.force_login(person)
        other = PostingFactory.create(person=person)

        take(person, other, session_key=here)

        person.refresh_from_db()
        assert (person.posting, person.agency, person.role) == (other, other.agency, other.role)
        assert list(Session.objects.values_list("session_key", flat=True)) == [here]
        event = Event.objects.about(other).get()
        assert (event.verb, event.agency_id) == (Verb.POSTING_TAKEN, other.agency_id)

    def test_twice_is_the_same_as_once(self, person):
        other = PostingFactory.create(person=person)

        for _time in range(2):
            take(person, other)

        assert Event.objects.count() == 1

    def test_finds_no_post_that_has_ended(self, person, admin):
        ended = PostingFactory.create(person=person, ended_at=NOON, ended_by=admin)

        with pytest.raises(Posting.DoesNotExist):
            take(person, ended)

    def test_finds_no_post_of_somebody_else(self, person, outsider):
        with pytest.raises(Posting.DoesNotExist):
            take(outsider, person.posting)

        assert not Event.objects.exists()

    def test_lets_nobody_in_whose_account_is_closed(self, person):
        other = PostingFactory.create(person=person)
        User.objects.filter(pk=person.pk).update(is_active=False)

        with pytest.raises(User.DoesNotExist):
            take(person, other)
