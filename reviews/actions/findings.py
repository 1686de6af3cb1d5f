"""Section E: why it went so."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NotRequired, TypedDict, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open, note_change
from reviews.actions._rows import add_row, change_row, next_number, remove_row
from reviews.choices import Letter
from reviews.models import CauseLink, FailureCategory, Finding, Review


class FindingValues(TypedDict):
    """What was expected, what happened, what shows it, and whether it mattered."""

    kind: str
    title: str
    source_number: NotRequired[str]
    source_reference: NotRequired[str]
    source_words: NotRequired[str]
    on_date: NotRequired[date | None]
    until_date: NotRequired[date | None]
    at_time: NotRequired[time | None]
    until_time: NotRequired[time | None]
    precision: NotRequired[str]
    category: NotRequired[FailureCategory | None]
    phase: NotRequired[str]
    expected: NotRequired[str]
    expected_in: NotRequired[str]
    happened: NotRequired[str]
    evidence: NotRequired[str]
    probability: NotRequired[str]
    confidence: NotRequired[str]
    counterfactual: NotRequired[str]
    counterfactual_why: NotRequired[str]
    severity_published: NotRequired[str]
    severity: NotRequired[str]
    known_before: NotRequired[str]
    known_since: NotRequired[str]
    known_from: NotRequired[str]
    reliability: NotRequired[str]
    credibility: NotRequired[str]


def _code(
    row: Finding, review: Review, others: Iterable[FailureCategory] | None, *, seen: int, hand: Hand
) -> None:
    """Its categories beside the main one. `seen`: the version before this deed."""
    if others is None:
        return
    wanted = {each.pk: each.code for each in others}
    if row.category_id in wanted:
        raise NotSound(
            _("%(code)s is its main category already.") % {"code": wanted[row.category_id]},
            field="other_categories",
        )
    held = dict(row.other_categories.values_list("pk", "code"))
    if wanted.keys() == held.keys():
        return
    row.other_categories.set(wanted)
    if row.version == seen:
        row.version += 1
        row.edited_at, row.edited_by = hand.at, hand.by
        row.save(update_fields=["version", "edited_at", "edited_by"])
    told = {"section": Letter.E.value, "row": "finding", "id": row.pk}
    note_change(review, hand, **told, before={"other_categories": sorted(held.values())})


@deed
def add_finding(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    other_categories: Iterable[FailureCategory] = (),
    **values: Unpack[FindingValues],
) -> Finding:
    """State a strength, a failure or a gap."""
    review = fetch_open(review_id, by)
    others = review.findings.exclude(key=key) if key else review.findings
    if rules.is_too_much(review.tier, others.count() + 1):
        raise NotSound(str(rules.TOO_MANY_FINDINGS))
    row = Finding(review=review, number=next_number(review.findings.all()), **values)
    row = add_row(row, review, letter=Letter.E, key=key, hand=Hand(by, at))
    _code(row, review, other_categories, seen=0, hand=Hand(by, at))
    return row


@deed
def change_finding(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    other_categories: Iterable[FailureCategory] | None = None,
    **values: Unpack[FindingValues],
) -> Finding:
    """Put a finding right. Its other categories stay as they are unless they are given."""
    review = fetch_open(review_id, by)
    row = review.findings.get(pk=row_id)
    row = change_row(row, review, values, letter=Letter.E, version=version, hand=Hand(by, at))
    _code(row, review, other_categories, seen=version, hand=Hand(by, at))
    return row


@deed
def remove_finding(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a finding out of the draft with what hangs from it; the others keep their numbers."""
    review = fetch_open(review_id, by)
    finding = review.findings.get(pk=row_id)
    links = CauseLink.objects.filter(cause=finding) | CauseLink.objects.filter(effect=finding)
    for row in (*links, *finding.bodies.all()):
        remove_row(row, review, letter=Letter.E, hand=Hand(by, at))
    remove_row(finding, review, letter=Letter.E, hand=Hand(by, at))
