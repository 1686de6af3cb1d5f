"""Reviews as people make them: through the actions."""

from datetime import timedelta

from django.urls import reverse

from agencies.choices import TLP, Classification
from reviews import actions
from reviews.choices import FindingKind, Letter, ReviewTier, SectionState
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
        findings=[finding],
        **common,
    )


def section(review, letter):
    """Where a section is written."""
    return reverse("reviews:section_edit", args=[review.pk, letter])
