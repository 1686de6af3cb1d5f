"""Whatever anybody tries in whatever order, a review never reaches a state the design forbids."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.errors import RuleBroken
from reviews import actions
from reviews.choices import RELEASED_STATES, SETTLED_STATES, MemberRole, ReviewState
from reviews.models import Dissent, Member, Review, SignOff
from reviews.selectors import frozen
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY
from tests.reviews.factories import ReviewFactory, facilitate

PEOPLE = ("lead", "member", "judge", "officer", "stranger")
DEEDS = ("submit", "return", "approve", "publish", "amend", "join", "dissent", "defer", "write")
MAY_FOLLOW = {
    ReviewState.DRAFT: {ReviewState.SUBMITTED},
    ReviewState.SUBMITTED: {ReviewState.RETURNED, ReviewState.APPROVED},
    ReviewState.RETURNED: {ReviewState.SUBMITTED},
    ReviewState.APPROVED: {ReviewState.PUBLISHED, ReviewState.CARRIED},
    ReviewState.PUBLISHED: {ReviewState.AMENDED},
    ReviewState.AMENDED: set(),
    ReviewState.CARRIED: set(),
}
# The likeliest way forward, so that a random walk gets far, and anything at all beside it.
FORWARD = (("lead", "submit"), ("judge", "approve"), ("officer", "publish"), ("lead", "amend"))
STEPS = st.lists(
    st.one_of(st.sampled_from(FORWARD), st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DEEDS))),
    min_size=6,
    max_size=10,
)


class Walk:
    """One review, its people, and what anybody tries on it."""

    def __init__(self):
        lead = UserFactory.create()
        self.people = {
            "lead": lead,
            "member": UserFactory.create(commander=True, agency=lead.agency),
            "judge": UserFactory.create(commander=True, agency=lead.agency),
            "officer": UserFactory.create(release_officer=True, agency=lead.agency),
            "stranger": UserFactory.create(commander=True),
        }
        self.first = ReviewFactory.create(lead=lead, complete=True)
        actions.add_member(
            review_id=self.first.pk, user=self.people["member"], role="MEMBER", by=lead, at=NOON
        )

    def current(self):
        """The amendment that is open, else the review."""
        reviews = Review.objects.order_by("-pk")
        return reviews.exclude(state=ReviewState.CARRIED).first()

    def try_to(self, deed, by):
        """Whether it was done; a refusal leaves everything as it was."""
        common = {"review_id": self.current().pk, "by": by, "at": NOON}
        told: dict[str, Any] = {
            "submit": actions.submit_review,
            "return": lambda **on: actions.return_review(
                comment="Say who.", on_sections={"B": "Which?"}, **on
            ),
            "approve": actions.approve_review,
            "publish": actions.publish_review,
            "amend": lambda **on: actions.open_amendment(reason="A witness was heard.", **on),
            "join": lambda **on: actions.add_member(
                user=self.people["judge"], role=MemberRole.MEMBER, **on
            ),
            "dissent": lambda **on: actions.attach_dissent(kind="fact", text="Not so.", **on),
            "defer": lambda **on: actions.defer_review(
                until=NOON.date().replace(year=NOON.year + 1), reason="Court.", **on
            ),
            "write": self.write,
        }
        try:
            with transaction.atomic():
                told[deed](**common)
        except (RuleBroken, PermissionDenied, ObjectDoesNotExist):
            return False
        return True

    @staticmethod
    def write(*, review_id, by, at):
        for comment in Review.objects.get(pk=review_id).section_comments.filter(answered_at=None):
            actions.answer_comment(
                review_id=review_id, comment_id=comment.pk, answer="It is named.", by=by, at=at
            )
        actions.add_entry(
            review_id=review_id, text="Patrol leaves.", on_date=DAY, precision="DAY", by=by, at=at
        )


def check_what_is_forbidden():
    for review in Review.objects.all():
        team = set(review.members.values_list("user_id", flat=True))
        signers = {review.approved_by_id, review.published_by_id} - {None}
        assert not signers & (team | {review.lead_id})
        if review.state != ReviewState.DRAFT:
            helper = review.members.get(role=MemberRole.FACILITATOR)
            assert helper.in_chain is False
        if review.state in {*SETTLED_STATES, ReviewState.CARRIED}:
            assert review.approved_by_id
        versions = list(review.versions.order_by("number"))
        assert [each.number for each in versions] == list(range(1, len(versions) + 1))
        assert all(frozen.is_as_frozen(each) for each in versions)
        assert bool(versions) == (review.state in RELEASED_STATES)
        assert (len(versions) > 1) == (review.state == ReviewState.AMENDED)
        assert review.amendments.exclude(state=ReviewState.CARRIED).count() <= 1


@pytest.fixture
def walk(db):
    return Walk()


@settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_order_of_deeds_leads_where_the_design_forbids(walk, steps):
    with transaction.atomic():
        for name, deed in steps:
            kept = [each.objects.count() for each in (Review, SignOff, Dissent, Member)]
            before = dict(Review.objects.values_list("pk", "state"))

            walk.try_to(deed, walk.people[name])

            after = dict(Review.objects.values_list("pk", "state"))
            for pk, state in before.items():
                assert after[pk] == state or after[pk] in MAY_FOLLOW[state]
            now = [each.objects.count() for each in (Review, SignOff, Dissent, Member)]
            assert all(new >= old for new, old in zip(now, kept, strict=True))
            check_what_is_forbidden()
        transaction.set_rollback(True)


class TestFacilitator:
    def test_is_outside_the_chain_and_one(self, draft, lead):
        person = UserFactory.create(agency=lead.agency)
        asked = {"review_id": draft.pk, "role": MemberRole.FACILITATOR, "by": lead, "at": NOON}

        with pytest.raises(actions.NotSound, match="outside the chain"):
            actions.add_member(user=person, in_chain=True, **asked)
        with pytest.raises(actions.NotSound, match="leads it"):
            actions.add_member(user=lead, in_chain=False, **asked)
        facilitate(draft, by=lead)
        with pytest.raises(actions.NotSound, match="one facilitator"):
            actions.add_member(user=person, in_chain=False, **asked)

    def test_is_none_of_those_who_took_part(self, lead):
        review = ReviewFactory.create(lead=lead, complete=True)
        helper = review.members.get(role=MemberRole.FACILITATOR).user
        Review.objects.filter(pk=review.pk).update(participants=f"SP City\n{helper.post}.")

        with pytest.raises(actions.ReviewIncomplete, match="took part"):
            actions.submit_review(review_id=review.pk, by=lead, at=NOON)

    def test_is_asked_of_a_standard_review_by_the_database_too(self, draft):
        now = {"state": ReviewState.SUBMITTED, "submitted_at": NOON}

        with pytest.raises(Exception, match="has no facilitator"), transaction.atomic():
            Review.objects.filter(pk=draft.pk).update(**now)
        Review.objects.filter(pk=draft.pk).update(tier="T1", **now)
