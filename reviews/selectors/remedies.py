"""Section F gathered: each recommendation with its parts, its stages and what it still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from reviews import quality
from reviews.choices import AssuranceStep
from reviews.models import Recommendation, Review
from reviews.selectors.lines import Lines


@dataclass(frozen=True)
class Assurance:
    """When a monitored recommendation is asked about; no day before the review is published."""

    code: str
    words: str
    days: int
    day: date | None


def recommendations_of(lines: Lines) -> list[Recommendation]:
    """In order of their numbers, each with what hangs from it."""
    rows = lines.recommendations
    lines.give_to(rows)
    today = timezone.localdate()
    for row in rows:
        row.shown_lacks = quality.lacks(asked_of(row, answers=len(row.findings.all())), today=today)
    return rows


def asked_of(row: Recommendation, *, answers: int) -> quality.Asked:
    """The recommendation as the gate sees it."""
    return quality.Asked(
        text=row.text,
        owner_post=row.owner_post,
        due_date=row.due_date,
        closure_criterion=row.closure_criterion,
        has_category=row.category_id is not None,
        answers=answers,
        is_quick_fix=row.is_quick_fix,
        done_date=row.done_date,
        is_quoted=bool(row.source_number),
    )


def unfinished(review: Review, *, today: date) -> Iterable[tuple[Recommendation, quality.Lack]]:
    """Each recommendation with each fault that keeps the review from being submitted."""
    rows = review.recommendations.annotate(answers=Count("findings")).order_by("number")
    for row in rows:
        for lack in quality.faults(asked_of(row, answers=row.answers), today=today):
            yield row, lack


def assurance(issued_at: datetime | None) -> list[Assurance]:
    """The steps of assurance, counted from the day of issue in Pakistan."""
    issued = timezone.localdate(issued_at) if issued_at else None
    return [
        Assurance(
            step.value,
            str(step.label),
            step.days,
            issued + timedelta(days=step.days) if issued else None,
        )
        for step in AssuranceStep
    ]
