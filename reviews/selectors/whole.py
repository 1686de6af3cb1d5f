"""Many reviews with all their lines, as other systems are given them: in one query."""

from collections.abc import Sequence
from typing import Any

from agencies.models.marking import Person
from incidents.models import Evidence
from reviews.models import (
    Account,
    CapabilityRating,
    CareStep,
    CauseLink,
    DeathFinding,
    EntryEvidence,
    Exclusion,
    Finding,
    FindingBody,
    FindingEvidence,
    JusticeStep,
    Participant,
    PublishedReport,
    Recommendation,
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
    Review,
    Section,
    Sitting,
    SourceAsked,
    SourceHeard,
    TimelineEntry,
)
from reviews.selectors.gathering import Found, Lists, gathered, hold, under

# Lines of a review that name no other record, by the name under which it holds them.
PLAIN: dict[str, Any] = {
    "exclusions": Exclusion,
    "sources_heard": SourceHeard,
    "sources_asked": SourceAsked,
    "care": CareStep,
    "deaths": DeathFinding,
    "reports": PublishedReport,
    "sittings": Sitting,
    "justice": JusticeStep,
}
OF_REVIEW = ("timeline", "findings", "ratings", "recommendations", "participants", "sections")


def hold_whole(reviews: Sequence[Review], reader: Person) -> None:
    """Let each review hold its lines as if they had been prefetched, as far as `reader` may see."""
    if not reviews:
        return
    found = gathered(reviews[0], **_asked([each.pk for each in reviews], reader))
    _hold_timeline(found)
    _hold_findings(found)
    _hold_recommendations(found)
    lines = {name: under(found[name], "review_id") for name in (*OF_REVIEW, *PLAIN)}
    lines["bodies"] = lines.pop("participants")
    for each in reviews:
        hold(each, **{name: rows[each.pk] for name, rows in lines.items()})


def _asked(reviews: Sequence[int], reader: Person) -> Lists:
    of, of_finding = {"review__in": reviews}, {"finding__review__in": reviews}
    of_entry, of_asked = {"entry__review__in": reviews}, {"recommendation__review__in": reviews}
    seen = Evidence.objects.visible_to(reader).values("pk")
    coded = Finding.other_categories.through.objects.filter(**of_finding)
    points = Recommendation.plan_points.through.objects.filter(**of_asked)
    return {
        "timeline": TimelineEntry.objects.filter(**of).select_related(
            "acting_agency", "told_agency"
        ),
        "accounts": Account.objects.filter(**of_entry).order_by("position", "id"),
        "shown": EntryEvidence.objects.filter(**of_entry, evidence__in=seen).order_by(
            "evidence_id"
        ),
        "findings": Finding.objects.filter(**of).select_related("category").order_by("number"),
        "finding_bodies": FindingBody.objects.filter(**of_finding)
        .select_related("agency")
        .order_by("id"),
        "files": FindingEvidence.objects.visible_to(reader)
        .filter(**of_finding)
        .select_related("evidence")
        .order_by("id"),
        "coded": coded.select_related("failurecategory").order_by("failurecategory__code"),
        "links": CauseLink.objects.filter(cause__review__in=reviews).order_by("id"),
        "ratings": CapabilityRating.objects.filter(**of).order_by("id"),
        "explaining": CapabilityRating.findings.through.objects.filter(**of_finding).order_by(
            "finding__number"
        ),
        "recommendations": Recommendation.objects.filter(**of)
        .select_related("category", "owner_agency")
        .order_by("number"),
        "answers": Recommendation.findings.through.objects.filter(**of_asked).order_by(
            "finding__number"
        ),
        "points": points.select_related("nationalplanpoint").order_by(
            "nationalplanpoint__plan", "nationalplanpoint"
        ),
        "parts": RecommendationPart.objects.filter(**of_asked)
        .select_related("agency")
        .order_by("id"),
        "stages": RecommendationStage.objects.filter(**of_asked).order_by("id"),
        "replies": RecommendationReply.objects.filter(**of_asked)
        .select_related("agency")
        .order_by("on_date", "id"),
        "participants": Participant.objects.filter(**of).select_related("agency").order_by("id"),
        "sections": Section.objects.filter(**of).order_by("letter"),
        **{name: model.objects.filter(**of).order_by("id") for name, model in PLAIN.items()},
    }


def _hold_timeline(found: Found) -> None:
    accounts, shown = under(found["accounts"], "entry_id"), under(found["shown"], "entry_id")
    for each in found["timeline"]:
        hold(each, accounts=accounts[each.pk], shown_by=shown[each.pk])


def _hold_findings(found: Found) -> None:
    findings = {each.pk: each for each in found["findings"]}
    bodies, files = (
        under(found["finding_bodies"], "finding_id"),
        under(found["files"], "finding_id"),
    )
    coded, links = under(found["coded"], "finding_id"), under(found["links"], "cause_id")
    explaining = under(found["explaining"], "capabilityrating_id")
    for link in found["links"]:
        link.effect = findings[link.effect_id]
    for pk, each in findings.items():
        categories = [row.failurecategory for row in coded[pk]]
        hold(each, bodies=bodies[pk], effects=links[pk], other_categories=categories)
        each.seen_files = files[pk]
    for rating in found["ratings"]:
        rating.explained_by = [findings[row.finding_id].number for row in explaining[rating.pk]]


def _hold_recommendations(found: Found) -> None:
    findings = {each.pk: each for each in found["findings"]}
    of = {
        name: under(found[name], "recommendation_id")
        for name in ("answers", "points", "parts", "stages", "replies")
    }
    for each in found["recommendations"]:
        hold(
            each,
            findings=[findings[row.finding_id] for row in of["answers"][each.pk]],
            plan_points=[row.nationalplanpoint for row in of["points"][each.pk]],
            parts=of["parts"][each.pk],
            stages=of["stages"][each.pk],
            replies=of["replies"][each.pk],
        )
