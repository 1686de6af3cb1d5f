"""Lines of a section: added once, changed only when unchanged since they were read, removed."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from reviews.actions._doors import Hand, check, note_change, touch
from reviews.actions._wording import Held, follow, settle
from reviews.models import Review, Row

Line = TypeVar("Line", bound=Row)
# Set by the deed itself, never by the person.
OWN = ("key", "version", "edited_at", "edited_by", "review", "entry")


def add_row(row: Line, review: Review, *, letter: str, key: uuid.UUID | None, hand: Hand) -> Line:
    """Store a new line; the line that this very form added before is returned as it is."""
    if key is not None:
        before = type(row)._default_manager.filter(key=key).first()
        if before is not None:
            return before
    row.key = key
    row.edited_at, row.edited_by = hand.at, hand.by
    check(row, skip=OWN)
    row.save(force_insert=True)
    touch(review, letter, hand)
    note_change(review, hand, section=letter, row=_name(row), id=row.pk, deed="added")
    return row


def change_row(
    row: Line,
    review: Review,
    values: Mapping[str, Any],
    *,
    letter: str,
    version: int,
    hand: Hand,
) -> Line:
    """Write `values` over a line last read at `version`, field by field.

    What others changed since and this person left as it was read stays theirs. Raises Clash where
    both changed the same.
    """
    held = _held(row, review, values)
    before = held.values
    typed = {name: plain(value) for name, value in values.items()}
    step = settle(held, typed, seen=version, hand=hand, prose=_prose(row))
    changed = [name for name in values if step.values[name] != before[name]]
    if not changed:
        return row
    for name in changed:
        # Words put together by paragraph are in the step alone.
        mine = step.values[name] == typed[name]
        setattr(row, name, values[name] if mine else step.values[name])
    row.version = step.version
    row.edited_at, row.edited_by = hand.at, hand.by
    check(row, skip=OWN)
    row.save(update_fields=[*changed, "version", "edited_at", "edited_by"])
    touch(review, letter, hand)
    note_change(
        review,
        hand,
        section=letter,
        row=_name(row),
        id=row.pk,
        deed="changed",
        before={name: before[name] for name in changed},
    )
    return row


def remove_row(row: Row, review: Review, *, letter: str, hand: Hand) -> None:
    """Take a line out of a draft; the audit row keeps what it said."""
    said = {
        field.attname: plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in OWN
    }
    note_change(
        review,
        hand,
        section=letter,
        row=_name(row),
        id=row.pk,
        deed="removed",
        said=said,
    )
    touch(review, letter, hand)
    row.delete()


def next_number(rows: "models.QuerySet[Any]") -> int:
    """The number after the highest given so far in this review."""
    highest: int | None = rows.aggregate(highest=models.Max("number"))["highest"]
    return (highest or 0) + 1


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | Decimal) else value


def links_changed(
    row: Row, review: Review, values: Iterable[str], *, letter: str, hand: Hand
) -> None:
    """What the line is linked with was changed beside its `values`: it is another version."""
    row.version = follow(_held(row, review, values))
    row.edited_at, row.edited_by = hand.at, hand.by
    row.save(update_fields=["version", "edited_at", "edited_by"])
    note_change(review, hand, section=letter, row=_name(row), id=row.pk)


def _held(row: Row, review: Review, names: Iterable[str]) -> Held:
    values = {name: plain(getattr(row, name)) for name in names}
    return Held(review, _name(row), row.pk, row.version, values, row.edited_by_id, row.edited_at)


def _prose(row: Row) -> list[str]:
    """Texts of several paragraphs."""
    return [each.name for each in row._meta.concrete_fields if isinstance(each, models.TextField)]


def _name(row: Row) -> str:
    return str(row._meta.model_name)
