"""The small lines of a review, of every section, in one query however many kinds there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from reviews.models import (
    CareStep,
    DeathFinding,
    Exclusion,
    Finding,
    JusticeStep,
    NationalPlanPoint,
    Participant,
    PublishedReport,
    Recommendation,
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
    Review,
    Sitting,
    SourceAsked,
    SourceHeard,
)
from reviews.selectors.gathering import Found, Lists, gathered, hold, under

Line = TypeVar("Line", bound=Model)
# The lines of a review itself, in the order in which they were added.
OF_REVIEW: tuple[type[Model], ...] = (
    *(PublishedReport, Sitting, Participant, Exclusion, SourceAsked, SourceHeard),
    *(CareStep, DeathFinding, JusticeStep),
)
POINTS = Recommendation.plan_points.through
ANSWERS = Recommendation.findings.through


@dataclass(frozen=True)
class Lines:
    """Lines by kind; those of recommendations by the recommendation."""

    by_kind: dict[type[Model], list[Any]]
    parts: dict[int, list[RecommendationPart]]
    stages: dict[int, list[RecommendationStage]]
    replies: dict[int, list[RecommendationReply]]
    points: dict[int, list[NationalPlanPoint]]
    # What each recommendation answers.
    findings: dict[int, list[Finding]]
    recommendations: list[Recommendation]

    def of(self, kind: type[Line]) -> list[Line]:
        """All lines of one kind."""
        return self.by_kind[kind]

    def give_to(self, rows: Iterable[Recommendation]) -> None:
        """Let each recommendation hold its own, as if they had been prefetched."""
        for row in rows:
            row.shown_parts = self.parts.get(row.pk, [])
            row.shown_stages = self.stages.get(row.pk, [])
            row.shown_replies = self.replies.get(row.pk, [])
            row.shown_points = self.points.get(row.pk, [])
            hold(row, findings=self.findings.get(row.pk, []))


def lines_of(review: Review) -> Lines:
    """Every line in one query."""
    return lines_from(gathered(review, **lines_asked(review)))


def lines_asked(review: Review) -> Lists:
    """What `lines_from` reads."""
    of_review = {
        kind._meta.model_name or "": kind._default_manager.filter(review=review).order_by("id")
        for kind in OF_REVIEW
    }
    of_review["participant"] = of_review["participant"].select_related("agency")
    of_review["sitting"] = of_review["sitting"].order_by("on_date", "id")
    of = {"recommendation__review": review}
    return {
        **of_review,
        "parts": RecommendationPart.objects.filter(**of).select_related("agency").order_by("id"),
        "stages": RecommendationStage.objects.filter(**of).order_by("id"),
        "remedy_replies": RecommendationReply.objects.filter(**of)
        .select_related("agency")
        .order_by("on_date", "id"),
        "points": POINTS.objects.filter(**of)
        .select_related("nationalplanpoint")
        .order_by("nationalplanpoint__plan", "nationalplanpoint"),
        "answers": ANSWERS.objects.filter(**of).order_by("finding__number"),
        "findings": review.findings.order_by("number"),
        "recommendations": review.recommendations.select_related(
            "category", "owner_agency"
        ).order_by("number"),
    }


def lines_from(found: Found) -> Lines:
    """The lines as they were gathered."""
    points = under(found["points"], "recommendation_id")
    answers = under(found["answers"], "recommendation_id")
    findings = {each.pk: each for each in found["findings"]}
    return Lines(
        by_kind={kind: found[kind._meta.model_name or ""] for kind in OF_REVIEW}
        | {
            RecommendationPart: found["parts"],
            RecommendationStage: found["stages"],
            RecommendationReply: found["remedy_replies"],
        },
        parts=under(found["parts"], "recommendation_id"),
        stages=under(found["stages"], "recommendation_id"),
        replies=under(found["remedy_replies"], "recommendation_id"),
        points={pk: [each.nationalplanpoint for each in rows] for pk, rows in points.items()},
        findings={pk: [findings[each.finding_id] for each in rows] for pk, rows in answers.items()},
        recommendations=found["recommendations"],
    )
