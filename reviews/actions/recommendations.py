"""Section F: what one post is to do by a day."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import Agency, User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, links_changed, next_number, remove_row
from reviews.actions._wording import Clash
from reviews.choices import Letter
from reviews.models import (
    Finding,
    NationalPlanPoint,
    Recommendation,
    RecommendationCategory,
    Review,
)


class RecommendationValues(TypedDict):
    """What, by which post, by when, and how it will be seen that it is done; all but the first
    may still be open in a draft."""

    text: str
    owner_post: NotRequired[str]
    due_date: NotRequired[date | None]
    owner_agency: NotRequired[Agency | None]
    category: NotRequired[RecommendationCategory | None]
    closure_criterion: NotRequired[str]
    source_number: NotRequired[str]
    source_reference: NotRequired[str]
    issued_date: NotRequired[date | None]
    addressed_to: NotRequired[str]
    priority: NotRequired[str]
    authority: NotRequired[str]
    cost: NotRequired[str]
    elements: NotRequired[list[str]]
    is_quick_fix: NotRequired[bool]
    done_date: NotRequired[date | None]
    is_monitored: NotRequired[bool]
    monitored_number: NotRequired[str]
    monitored_by: NotRequired[str]
    status_published: NotRequired[str]


@dataclass(frozen=True)
class Links:
    """The findings that a recommendation answers and the points of the national plan it serves.

    None leaves them as they are.
    """

    findings: Iterable[Finding] | None = None
    plan_points: Iterable[NationalPlanPoint] | None = None


def _sound(values: RecommendationValues, at: datetime) -> None:
    """What cannot be: done on a day that is still to come. What is unfinished is no refusal."""
    for name, day in (
        ("done_date", values.get("done_date")),
        ("issued_date", values.get("issued_date")),
    ):
        if day is not None and day > timezone.localdate(at):
            raise NotSound(str(rules.DAY_IS_AHEAD), field=name)


def _link(row: Recommendation, review: Review, links: Links) -> bool:
    """Set what it answers and serves; whether anything changed."""
    changed = False
    if links.findings is not None:
        wanted = {finding.pk for finding in links.findings}
        if wanted != set(row.findings.values_list("pk", flat=True)):
            if review.findings.filter(pk__in=wanted).count() != len(wanted):
                raise NotSound(_("Choose findings of this review."), field="findings")
            row.findings.set(wanted)
            changed = True
    if links.plan_points is not None:
        points = {point.pk for point in links.plan_points}
        if points != set(row.plan_points.values_list("pk", flat=True)):
            row.plan_points.set(points)
            changed = True
    return changed


def _moves(row: Recommendation, findings: Iterable[Finding]) -> bool:
    """Whether it would answer other findings than it does."""
    return {each.pk for each in findings} != set(row.findings.values_list("pk", flat=True))


@deed
def add_recommendation(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    findings: Iterable[Finding] = (),
    plan_points: Iterable[NationalPlanPoint] = (),
    **values: Unpack[RecommendationValues],
) -> Recommendation:
    """Ask one post for one thing by one day."""
    review = fetch_open(review_id, by)
    _sound(values, at)
    number = next_number(review.recommendations.all())
    row = add_row(
        Recommendation(
            review=review, number=number, reference=f"{review.reference}-R{number}", **values
        ),
        review,
        letter=Letter.F,
        key=key,
        hand=Hand(by, at),
    )
    _link(row, review, Links(findings, plan_points))
    return row


@deed
def change_recommendation(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    findings: Iterable[Finding] = (),
    plan_points: Iterable[NationalPlanPoint] | None = None,
    **values: Unpack[RecommendationValues],
) -> Recommendation:
    """Put a recommendation right."""
    review = fetch_open(review_id, by)
    row = review.recommendations.get(pk=row_id)
    _sound(values, at)
    findings = list(findings)
    if version != row.version and _moves(row, findings):
        # Which links were read is not known, so nothing here says whose change it is.
        raise Clash(["findings"])
    change_row(row, review, values, letter=Letter.F, version=version, hand=Hand(by, at))
    if _link(row, review, Links(findings, plan_points)):
        links_changed(row, review, values, letter=Letter.F, hand=Hand(by, at))
    return row


@deed
def remove_recommendation(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a recommendation out of the draft, with its parts, its stages and what was replied."""
    review = fetch_open(review_id, by)
    row = review.recommendations.get(pk=row_id)
    for line in (*row.parts.all(), *row.stages.all(), *row.replies.all()):
        remove_row(line, review, letter=Letter.F, hand=Hand(by, at))
    remove_row(row, review, letter=Letter.F, hand=Hand(by, at))
