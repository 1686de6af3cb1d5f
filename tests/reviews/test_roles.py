"""The board of network roles, and the roles unresolved across reviews."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError
from django.urls import reverse

from reviews import actions, selectors
from reviews.guilt import word_of_guilt
from reviews.models import NetworkRole
from tests.counting import LOCK
from tests.factories import NOON
from tests.incidents.factories import DAY
from tests.reviews.factories import ReviewFactory, section

ROLES = reverse("reviews:role_list")


def role(review, kind, status="unidentified", **said):
    return actions.add_role(
        review_id=review.pk, by=review.lead, at=NOON, kind=kind, status=status, **said
    )


class TestBoard:
    def test_shows_all_fourteen_the_unresolved_first(self, draft):
        role(draft, "planner")
        role(draft, "facilitator", "suspected", number=6)
        role(draft, "facilitator", "arrested", number=2, status_date=DAY)
        role(draft, "attacker", "died_attack")

        board = selectors.board_of(draft)

        assert [each.kind for each in board.roles[:2]] == ["planner", "facilitator"]
        assert board.roles[-1].kind == "attacker"
        assert [n for _, _, n in board.counts] == [2, 11, 0, 1]
        assert [each.row.number for each in board.roles[1].lines] == [6, 2]
        assert board.sentence == "2 of 14 roles unresolved, 11 not yet looked at."

    def test_takes_the_same_click_once_and_no_line_twice(self, draft):
        key = uuid.uuid4()

        first, again = (role(draft, "planner", key=key) for _click in range(2))

        assert first == again
        with pytest.raises(actions.NotSound, match="how many people"):
            role(draft, "planner")

    def test_lets_only_a_court_convict(self, draft, at_desk):
        with pytest.raises(actions.NotSound, match="Only a court") as refused:
            role(draft, "planner", "convicted", status_date=DAY)
        with pytest.raises(IntegrityError, match="judged_by_a_court"):
            NetworkRole.objects.create(review=draft, kind="planner", status="acquitted")

        assert refused.value.field == "court"

    def test_says_so_before_the_database_does(self, draft, at_desk):
        typed = {"version": 1, "text": "", "row-kind": "planner", "row-status": "acquitted"}

        answer = at_desk.post(section(draft, "C"), typed | {"do": "add"})

        assert answer.status_code == 422
        assert "name the court" in answer.content.decode()

    def test_warns_of_a_word_of_guilt_and_keeps_the_line(self, draft, at_desk):
        typed = {"row-kind": "planner", "row-status": "suspected", "row-note": "The Mastermind."}
        url = reverse("reviews:row_add", args=[draft.pk, "roles"])

        answer = at_desk.post(url, typed)

        (sentence,) = (str(each) for each in get_messages(answer.wsgi_request))
        assert "“Mastermind”" in sentence
        assert draft.network_roles.get().note == "The Mastermind."
        assert (
            "“Mastermind”: no court has spoken" in at_desk.get(section(draft, "C")).content.decode()
        )

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("Known terrorists met.", "terrorists"),
            ("وہ دہشتگرد تھا", "دہشتگرد"),
            ("قاتل فرار", "قاتل"),
            ("A case of terrorism; 7ATA.", ""),
            ("مقتول کی شناخت", ""),
        ],
    )
    def test_knows_words_of_guilt_from_others(self, words, found):
        assert word_of_guilt(words) == found


class TestRoleList:
    def test_counts_what_the_reader_may_see(self, client, lead, draft, outsider):
        other = ReviewFactory.create(lead=lead)
        role(draft, "planner")
        role(draft, "attacker", "died_attack")
        role(other, "planner", "at_large")
        actions.add_adversary(
            review_id=other.pk, by=lead, at=NOON, group_named="A group", group_basis="CLAIM"
        )

        found = selectors.unresolved(lead, "", None)

        assert (found.reviews, found.total) == (2, 2)
        planner = found.roles[0]
        assert (planner.kind, planner.total, planner.not_looked_at) == ("planner", 2, 0)
        assert sorted(each.label for each in found.groups) == ["A group", "No group named"]
        assert sum(each.incidents for each in found.districts) == 2
        assert selectors.unresolved(outsider, "", None).reviews == 0
        assert selectors.unresolved(lead, "attacker", None).total == 0
        client.force_login(outsider)
        assert "in 0 reviews" in client.get(ROLES).content.decode()

    def test_counts_a_review_once_while_it_is_amended(self, lead):
        published = ReviewFactory.create(lead=lead, state="PUBLISHED")

        actions.open_amendment(review_id=published.pk, reason="A witness.", by=lead, at=NOON)

        assert selectors.unresolved(lead, "", None).reviews == 1

    def test_asks_a_fixed_number_of_queries(self, at_desk, lead, draft, django_assert_num_queries):
        province = draft.incident.province_id
        role(draft, "planner")
        address = f"{ROLES}?kind=planner&province={province}"
        at_desk.get(address)
        with django_assert_num_queries(8 + LOCK):
            at_desk.get(address)
        for kind in ("handler", "financier", "recce"):
            role(ReviewFactory.create(lead=lead), kind)

        with django_assert_num_queries(8 + LOCK):
            answer = at_desk.get(ROLES)

        assert answer.context["found"].total == 4
        assert draft.incident.label in answer.content.decode()
        assert at_desk.get(f"{ROLES}?province=x&kind=nobody").context["found"].total == 4
        assert at_desk.get(f"{ROLES}?cursor=nonsense").status_code == 404
