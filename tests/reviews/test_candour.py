"""Candour: told to one, counted from three, found nowhere else."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from agencies.lock import acting
from audit.choices import Verb
from audit.models import Event
from reviews import actions, selectors
from reviews.models import CandourGround, CandourStatement, CandourTheme
from tests.factories import NOON, UserFactory
from tests.reviews.factories import section

WORD = "Zamburak"
SUM = "The lane had no searcher after noon."


@pytest.fixture
def hearer(lead, draft):
    """The facilitator."""
    person = UserFactory.create(agency=lead.agency)
    actions.add_member(
        review_id=draft.pk, user=person, role="FACILITATOR", in_chain=False, by=lead, at=NOON
    )
    return person


@pytest.fixture
def members(lead, draft, hearer):
    """Three of the team."""
    people = UserFactory.create_batch(3, agency=lead.agency)
    for person in people:
        actions.add_member(review_id=draft.pk, user=person, role="MEMBER", by=lead, at=NOON)
    return people


def tell(draft, hearer, by, text=WORD):
    told = {"review_id": draft.pk, "facilitator": hearer, "text": text, "at": NOON}
    return actions.tell_facilitator(by=by, **told)


def summed(draft, hearer, statements):
    numbers = [each.pk for each in statements]
    return actions.write_theme(review_id=draft.pk, text=SUM, statements=numbers, by=hearer, at=NOON)


def show(draft, hearer, theme):
    return actions.show_theme(review_id=draft.pk, theme_id=theme.pk, by=hearer, at=NOON)


class TestStatement:
    def test_is_read_by_its_author_and_its_facilitator_alone(self, draft, lead, judge, hearer):
        author = UserFactory.create(agency=lead.agency)
        actions.add_member(review_id=draft.pk, user=author, role="MEMBER", by=lead, at=NOON)
        made = tell(draft, hearer, author)
        late = UserFactory.create(agency=lead.agency)
        actions.add_member(
            review_id=draft.pk, user=hearer, role="MEMBER", in_chain=False, by=lead, at=NOON
        )
        actions.add_member(
            review_id=draft.pk, user=late, role="FACILITATOR", in_chain=False, by=lead, at=NOON
        )
        roles = ("commander", "release_officer", "agency_admin", "auditor", "system_admin")
        others = [UserFactory.create(agency=lead.agency, **{role: True}) for role in roles]

        for person in (author, hearer):
            with acting(person):
                assert CandourStatement.objects.get() == made
        assert selectors.statements_to(hearer, draft.pk)[0].words == WORD
        for person in (lead, late, judge, UserFactory.create(commander=True), *others):
            assert not CandourStatement.objects.visible_to(person).exists()
            with acting(person):
                assert not CandourStatement.objects.exists()

    def test_lies_sealed_and_leaves_no_name_and_no_word_in_the_record(self, draft, hearer, members):
        tell(draft, hearer, members[0])

        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(t)::text FROM reviews_candourstatement t")
            assert WORD not in cursor.fetchone()[0]
        event = Event.objects.get(verb=Verb.CANDOUR_GIVEN)
        assert (event.target_id, event.target_ref) == (draft.pk, draft.reference)
        origin = (event.actor_id, event.agency_id, event.posting_id, event.request_id)
        assert (*origin, event.actor_name, event.address) == (None, None, None, None, "", "")
        assert event.at.time().isoformat() == "19:00:00"  # midnight in Pakistan
        rows = Event.everything.filter(target_type="reviews.candourstatement")
        assert not rows.exists()

    def test_is_told_to_a_facilitator_by_who_was_asked_while_it_is_of_use(
        self, draft, lead, hearer, members, outsider
    ):
        with pytest.raises(actions.NotSound, match="Choose a facilitator"):
            tell(draft, lead, members[0])
        with pytest.raises(PermissionDenied):
            tell(draft, hearer, hearer)
        with pytest.raises(type(draft).DoesNotExist):
            tell(draft, hearer, outsider)
        with pytest.raises(IntegrityError, match="goes to its facilitator"), transaction.atomic():
            CandourStatement.objects.create(
                review=draft, author=members[0], facilitator=lead, sealed="x", given_at=NOON
            )

    def test_is_destroyed_when_withdrawn(self, draft, hearer, members):
        made = tell(draft, hearer, members[0])

        for _twice in range(2):
            actions.withdraw_statement(statement_id=made.pk, by=members[0], at=NOON)

        made.refresh_from_db()
        assert made.sealed == ""
        event = Event.objects.get(verb=Verb.CANDOUR_WITHDRAWN)
        assert event.actor_id is None
        with pytest.raises(CandourStatement.DoesNotExist):
            actions.withdraw_statement(statement_id=made.pk, by=hearer, at=NOON)
        with pytest.raises(DatabaseError), transaction.atomic():
            CandourStatement.objects.update(sealed="x", withdrawn_at=None)


class TestInvitation:
    def test_lets_one_person_speak_who_reads_nothing_of_the_review(
        self, client, draft, lead, hearer
    ):
        guest, stranger = UserFactory.create(), UserFactory.create()
        client.force_login(lead)
        asked = client.post(
            reverse("reviews:candour_invite", args=[draft.pk]),
            {"email": guest.email, "facilitator": hearer.pk, "about": "The lane"},
        )
        assert asked.status_code == 302
        (invitation,) = selectors.asked(guest, type(draft).objects.none()).invitations
        path = reverse("reviews:candour_asked", args=[invitation.pk])

        client.force_login(guest)
        assert draft.reference in client.get(reverse("reviews:asked_list")).text
        page = client.get(path).text
        assert "The lane" in page
        assert draft.incident.title not in page
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.post(path, {"text": " "}).status_code == 422
        assert client.post(path, {"text": WORD}).status_code == 302
        assert WORD in client.get(path).text
        assert CandourStatement.objects.get().author == guest

        for person in (stranger, lead, hearer):
            client.force_login(person)
            assert client.get(path).status_code == 404


class TestSummary:
    def test_is_said_with_its_number_from_three_people_on(self, client, draft, hearer, members):
        told = [tell(draft, hearer, each) for each in members]
        again = tell(draft, hearer, members[0], "Once more.")
        two = summed(draft, hearer, [told[0], again, told[1]])
        with pytest.raises(actions.TooFew):
            show(draft, hearer, two)
        with pytest.raises(IntegrityError, match="three_at_least"), transaction.atomic():
            CandourTheme.objects.filter(pk=two.pk).update(shown_at=NOON, contributors=9)

        three = summed(draft, hearer, told)
        show(draft, hearer, three)

        document = selectors.review_document(draft)
        assert document["candour"] == [{"contributors": 3, "text": SUM}]
        assert WORD not in json.dumps(document)
        client.force_login(draft.lead)
        page = client.get(reverse("reviews:review_read", args=[draft.pk])).text
        assert "3 contributors said:" in page
        assert WORD not in page

    def test_disappears_when_fewer_than_three_stand_behind_it(self, draft, hearer, members):
        told = [tell(draft, hearer, each) for each in members]
        theme = show(draft, hearer, summed(draft, hearer, told))
        before = Event.everything.count()

        actions.withdraw_statement(statement_id=told[0].pk, by=members[0], at=NOON)

        theme.refresh_from_db()
        assert (theme.shown_at, theme.contributors) == (None, 2)
        assert selectors.themes_shown(draft) == []
        after = Event.everything.order_by("pk")[before:]
        assert {each.verb for each in after} == {Verb.CANDOUR_WITHDRAWN, Verb.ROW_CHANGED}
        assert {each.actor_id for each in after} == {None}

    def test_not_shown_is_its_facilitators_alone_and_never_in_the_record(
        self, draft, lead, hearer, members
    ):
        theme = summed(draft, hearer, [tell(draft, hearer, members[0])])

        assert CandourGround.objects.count() == 1
        with acting(lead):
            assert not CandourTheme.objects.exists()
            assert not CandourGround.objects.exists()
        with pytest.raises(PermissionDenied):
            show(draft, lead, theme)
        noted = json.dumps(list(Event.everything.values_list("data", flat=True)))
        assert SUM not in noted
        assert WORD not in noted
        assert "contributors" not in noted


class TestPagesOfCandour:
    def test_show_each_what_is_theirs(self, client, draft, lead, hearer, members, outsider):
        path = reverse("reviews:candour_page", args=[draft.pk])
        for member in members:
            client.force_login(member)
            told = {"facilitator": hearer.pk, "text": f"{WORD} of {member.post}"}
            assert client.post(path, told).status_code == 302
        assert f"{WORD} of {members[2].post}" in client.get(path).text
        assert f"{WORD} of {members[1].post}" not in client.get(path).text

        client.force_login(hearer)
        page = client.get(path).text
        assert all(f"{WORD} of {each.post}" in page for each in members)
        written = {
            "theme-text": SUM,
            "theme-statements": list(CandourStatement.objects.values_list("pk", flat=True)),
        }
        said = reverse("reviews:theme_write", args=[draft.pk])
        assert client.post(said, {"theme-text": ""}).status_code == 422
        assert client.post(said, written).status_code == 302
        theme = CandourTheme.objects.get()
        changing = reverse("reviews:theme_change", args=[draft.pk, theme.pk])
        assert SUM in client.get(changing).text
        client.post(reverse("reviews:theme_show", args=[draft.pk, theme.pk]))

        client.force_login(lead)
        assert SUM in client.get(section(draft, "I")).text
        assert WORD not in client.get(path).text
        assert client.post(said, written).status_code == 404
        client.force_login(outsider)
        assert client.get(path).status_code == 404
        assert not Event.objects.filter(verb=Verb.RECORD_READ, actor_id=members[0].pk).exists()
