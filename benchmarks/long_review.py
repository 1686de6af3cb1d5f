"""A review as long as an inquiry's report: 200 entries, 60 findings, 60 recommendations."""

from datetime import date, time, timedelta
from uuid import uuid4

from django.utils import timezone

from agencies.choices import TLP, Classification
from agencies.lock import acting
from agencies.models import User
from incidents import actions as incident_actions
from incidents.details import IncidentDetails, When
from places.models import Area
from reviews import actions
from reviews.choices import (
    BodyRole,
    CauseKind,
    EntryKind,
    FindingKind,
    Letter,
    MemberRole,
    ReviewTier,
    SectionState,
)
from reviews.models import (
    Account,
    CauseLink,
    FailureCategory,
    Finding,
    FindingBody,
    NationalPlanPoint,
    Recommendation,
    RecommendationCategory,
    RecommendationPart,
    RecommendationStage,
    Review,
    TimelineEntry,
)

DAY = date(2023, 9, 29)
ENTRIES, FINDINGS, RECOMMENDATIONS, LINKS = 200, 60, 60, 80
AGENCIES = 12


def published(lead: User, facilitator: User, commander: User) -> Review:
    """The same, taken through submission and approval to its frozen version."""
    review = long_review(lead, facilitator)
    at = timezone.now()
    actions.submit_review(review_id=review.pk, by=lead, at=at)
    actions.approve_review(review_id=review.pk, by=commander, at=at)
    actions.publish_review(review_id=review.pk, by=commander, at=at)
    return review


def long_review(lead: User, facilitator: User) -> Review:
    """A draft with all of it; the lines are written in one go, in the rights of the lead."""
    review = begun(lead, facilitator)
    actions.save_section(
        review_id=review.pk,
        letter=Letter.B,
        text="What was ordered that day, by whom, and what was there. " * 40,
        state=SectionState.COMPLETE,
        version=1,
        by=lead,
        at=timezone.now(),
    )
    with acting(lead):
        _fill(review)
    return review


def begun(lead: User, facilitator: User) -> Review:
    """A draft with nothing in it; `facilitator` is its facilitator."""
    now = timezone.now()
    district = Area.objects.districts().select_related("province").order_by("pk")[0]
    details = IncidentDetails(
        title="Measured", when=When(on_date=DAY), province=district.province, district=district
    )
    incident = incident_actions.record_incident(
        details=details, report=None, origin=f"measured {uuid4()}", by=lead, at=now
    )
    review = actions.open_review(
        incident_id=incident.pk,
        by=lead,
        at=now,
        tier=ReviewTier.T2,
        tlp=TLP.AMBER,
        classification=Classification.RESTRICTED,
        caveats=[],
    )
    actions.add_member(
        review_id=review.pk,
        user=facilitator,
        role=MemberRole.FACILITATOR,
        in_chain=False,
        by=lead,
        at=now,
    )
    return review


def entry(n: int, review: Review | None = None) -> TimelineEntry:
    """One of an evening: most to the minute, some about, some of no known time."""
    minute = 16 * 60 + n * 37 % 240
    at = None if n % 10 == 0 else time(minute // 60, minute % 60)
    return TimelineEntry(
        review=review,
        on_date=DAY,
        at_time=at,
        precision="DAY" if at is None else "ABOUT" if n % 7 == 0 else "MINUTE",
        kind=EntryKind.values[n % len(EntryKind.values)],
        acting=f"Agency {n * 5 % AGENCIES} of the provincial home department",
        told=f"Agency {n * 7 % AGENCIES} of the provincial home department" if n % 5 < 2 else "",
        text=f"Deed {n}, told in one sentence.",
        position=n,
    )


def _fill(review: Review) -> None:
    entries = TimelineEntry.objects.bulk_create(entry(n, review) for n in range(ENTRIES))
    Account.objects.bulk_create(
        Account(entry=each, by=f"Source {side}", said="It was so.", position=side)
        for each in entries[::20]
        for side in (1, 2)
    )
    findings = _findings(review)
    _recommendations(review, findings)


def _findings(review: Review) -> list[Finding]:
    categories = list(FailureCategory.objects.exclude(parent=None).order_by("code")[:20])
    kinds = FindingKind.values
    findings = Finding.objects.bulk_create(
        Finding(
            review=review,
            number=n + 1,
            kind=kinds[n % len(kinds)],
            title=f"Measure {n} was not what had been laid down",
            category=categories[n % len(categories)] if categories else None,
            expected="What the order of the district laid down, in two sentences. " * 2,
            happened="What was found, in three sentences, without a name. " * 3,
            evidence="The diary of the post; two statements.",
        )
        for n in range(FINDINGS)
    )
    FindingBody.objects.bulk_create(
        FindingBody(
            finding=each,
            agency=review.agency if n % 3 == 0 and role == BodyRole.PRINCIPAL else None,
            name="" if n % 3 == 0 and role == BodyRole.PRINCIPAL else f"{role.label} body {n}",
            role=role,
        )
        for n, each in enumerate(findings)
        for role in (BodyRole.PRINCIPAL, BodyRole.CONTRIBUTING)
    )
    CauseLink.objects.bulk_create(_link(findings, n) for n in range(LINKS))
    return findings


def ends(n: int) -> tuple[int, int]:
    """Places of cause and effect; forward only, so that no chain closes on itself."""
    cause, turn = n % (FINDINGS - 5), n // (FINDINGS - 5)
    return cause, cause + 1 + turn * 3


def _link(findings: list[Finding], n: int) -> CauseLink:
    cause, effect = ends(n)
    kinds = CauseKind.values
    return CauseLink(
        cause=findings[cause], effect=findings[effect], kind=kinds[n % len(kinds)], text=""
    )


def _recommendations(review: Review, findings: list[Finding]) -> None:
    category = RecommendationCategory.objects.order_by("code").first()
    point = NationalPlanPoint.objects.order_by("pk").first()
    rows = Recommendation.objects.bulk_create(
        Recommendation(
            review=review,
            number=n + 1,
            text="Search people at the lane.",
            reference=f"{review.reference}-R{n + 1:02d}",
            owner_post="SP Headquarters",
            owner_agency=review.agency,
            due_date=timezone.localdate() + timedelta(days=60 + n),
            closure_criterion="Three Fridays with a signed search list.",
            category=category,
        )
        for n in range(RECOMMENDATIONS)
    )
    RecommendationPart.objects.bulk_create(
        RecommendationPart(recommendation=each, body="The school", part="Opens the gate at eight.")
        for each in rows[::2]
    )
    RecommendationStage.objects.bulk_create(
        RecommendationStage(recommendation=each, what="List the gates.", due_date=each.due_date)
        for each in rows[::3]
    )
    Recommendation.findings.through.objects.bulk_create(
        Recommendation.findings.through(recommendation=each, finding=findings[n])
        for n, each in enumerate(rows)
    )
    if point:
        Recommendation.plan_points.through.objects.bulk_create(
            Recommendation.plan_points.through(recommendation=each, nationalplanpoint=point)
            for each in rows[::4]
        )
