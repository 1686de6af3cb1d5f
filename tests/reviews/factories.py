"""Reviews as people make them: through the actions."""

from datetime import timedelta

from django.urls import reverse

from agencies.choices import TLP, Classification
from reviews import actions, selectors
from reviews.choices import FindingKind, Letter, MemberRole, ReviewTier, SectionState
from reviews.models import RecommendationCategory
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY, IncidentFactory

OPEN_MARKING = {"tlp": TLP.CLEAR, "classification": Classification.UNMARKED, "caveats": []}
CLOSED_MARKING = {"tlp": TLP.AMBER, "classification": Classification.RESTRICTED, "caveats": []}
DUE = NOON.date() + timedelta(days=60)


class ReviewFactory:
    """`ReviewFactory.create(lead=investigator, state="SUBMITTED", incident=incident)`."""

    @classmethod
    def create(cls, *, lead=None, incident=None, state="DRAFT", at=NOON, complete=None, **marking):
        """A review led by an investigator, taken as far as `state`; complete from submission on."""
        lead = lead or UserFactory.create()
        incident = incident or IncidentFactory.create(
            by=lead, **{name: each for name, each in marking.items() if name != "caveats"}
        )
        review = actions.open_review(
            incident_id=incident.pk,
            by=lead,
            at=at,
            tier=ReviewTier.T2,
            **(CLOSED_MARKING | marking),
        )
        if complete or (complete is None and state != "DRAFT"):
            write(review, by=lead, at=at)
        cls._take(review, lead, state, at)
        review.refresh_from_db()
        return review

    @classmethod
    def _take(cls, review, lead, state, at):
        if state == "DRAFT":
            return
        actions.submit_review(review_id=review.pk, by=lead, at=at)
        judge = UserFactory.create(commander=True, agency=lead.agency)
        if state == "RETURNED":
            actions.return_review(review_id=review.pk, comment="Say who.", by=judge, at=at)
        if state in {"APPROVED", "PUBLISHED"}:
            actions.approve_review(review_id=review.pk, by=judge, at=at)
        if state == "PUBLISHED":
            actions.publish_review(review_id=review.pk, by=judge, at=at)


def write(review, *, by, at=NOON):
    """The least that a review must say to be submitted."""
    common = {"review_id": review.pk, "by": by, "at": at}
    facilitate(review, by=by, at=at)
    actions.save_section(
        letter=Letter.B,
        text="A search lane was planned.",
        state=SectionState.COMPLETE,
        version=1,
        **common,
    )
    actions.add_entry(text="Patrol leaves the gate.", on_date=DAY, precision="DAY", **common)
    finding = actions.add_finding(
        kind=FindingKind.FAILURE, title="Nobody searched the crowd", **common
    )
    actions.add_recommendation(
        text="Search people at the lane.",
        owner_post="SP Headquarters",
        due_date=DUE,
        closure_criterion="Three Fridays with a signed search list.",
        category=remedy_category(),
        findings=[finding],
        **common,
    )


def facilitate(review, *, by, at=NOON):
    """Somebody of the agency, outside the chain reviewed, helps the team along."""
    person = UserFactory.create(agency=by.agency, clearance=by.clearance)
    return actions.add_member(
        review_id=review.pk, user=person, role=MemberRole.FACILITATOR, in_chain=False, by=by, at=at
    )


def remedy_category():
    """A kind of remedy, as it ships."""
    return RecommendationCategory.objects.get_or_create(
        code="R11", defaults={"label_en": "Protective security"}
    )[0]


def section(review, letter):
    """Where a section is written."""
    return reverse("reviews:section_edit", args=[review.pk, letter])


def words(review):
    """What the entries of the timeline say, in order."""
    return [entry.text for entry in selectors.in_order(review)]
