"""What a lesson may be drawn from, and what the findings already say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from agencies.models import User
from core import keyset
from lessons.choices import LessonKind
from lessons.selectors.marking import starting_marking
from reviews.choices import GOOD_KINDS
from reviews.models import Finding, Review

REVIEWS_A_PAGE = 20


def settled_reviews(user: User) -> QuerySet[Review]:
    """Approved and published reviews that `user` may draw on."""
    return Review.objects.visible_to(user).to_draw_on(user).settled()


def drawable_findings(user: User) -> QuerySet[Finding]:
    """Findings of those reviews."""
    return Finding.objects.filter(review__in=settled_reviews(user))


def reviews_to_draw_from(user: User, *, review_id: int | None, cursor: str) -> keyset.Page[Review]:
    """Reviews with their findings, newest first; only one of them when asked for."""
    reviews = settled_reviews(user).select_related("incident").filter(findings__isnull=False)
    if review_id is not None:
        reviews = reviews.filter(pk=review_id)
    findings = Finding.objects.select_related("category").order_by("number")
    return keyset.page(
        reviews.distinct().prefetch_related(Prefetch("findings", queryset=findings)),
        ("opened_at", "id"),
        cursor=cursor,
        size=REVIEWS_A_PAGE,
    )


@dataclass(frozen=True)
class Drawing:
    """Findings chosen to draw from: where the form begins, and what raised its marking."""

    findings: list[Finding]
    sources: list[Review]
    initial: dict[str, Any]


def begin_drawing(user: User, finding_ids: Sequence[int]) -> Drawing | None:
    """The chosen findings as the beginning of a lesson; None when one of them is not there."""
    findings = list(
        drawable_findings(user)
        .filter(pk__in=finding_ids)
        .select_related("review__incident", "category")
        .prefetch_related("recommendations")
        .order_by("review_id", "number")
    )
    if not findings or len(findings) != len(set(finding_ids)):
        return None
    sources = list({finding.review_id: finding.review for finding in findings}.values())
    return Drawing(findings, sources, _initial(findings, sources))


def _initial(findings: Sequence[Finding], sources: Sequence[Review]) -> dict[str, Any]:
    first, incident = findings[0], sources[0].incident
    good = all(finding.kind in GOOD_KINDS for finding in findings)
    remedies = {
        each.pk: each.text for finding in findings for each in finding.recommendations.all()
    }
    marking = starting_marking(sources)
    return {
        "title": first.title[:160],
        "observation": "\n\n".join(_observed(finding) for finding in findings),
        "recommendation": "\n\n".join(remedies.values()),
        "kind": LessonKind.NOTABLE_PRACTICE if good else LessonKind.LESSON,
        "category_id": first.category_id or "",
        "target_type": incident.target_type,
        "occasion": incident.occasion,
        "tlp": marking.tlp,
        "classification": marking.classification,
        "caveats": list(marking.caveats),
    }


def _observed(finding: Finding) -> str:
    title = finding.title if finding.title.endswith(".") else f"{finding.title}."
    return f"{title} {finding.happened}".strip()
