"""Lines of a section: added once, changed only when unchanged since they were read, removed."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import models

from reviews.actions._doors import Hand, check, check_version, note_change, touch
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
    """Write `values` over a line last read at `version`. Raises StaleEdit if it moved on."""
    check_version(version, row.version)
    before = {name: plain(getattr(row, name)) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    changed = [name for name in values if plain(getattr(row, name)) != before[name]]
    if not changed:
        return row
    row.version += 1
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
    return str(value) if isinstance(value, uuid.UUID) else value


def _name(row: Row) -> str:
    return str(row._meta.model_name)
