"""Paging by the last row seen: the same cost on the first page and on the ten-thousandth.

Never OFFSET, never `count(*)`.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row")
# The end of all numbers.
LAST = 2**63


class BadCursor(ValueError):
    """The cursor in the address is not one that this list gave out."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, with the cursors of the pages beside it ('' where there is none)."""

    rows: list[Row]
    newer: str
    older: str


def encode(direction: str, values: list[Any]) -> str:
    """A cursor: which way to go, from which row."""
    plain = [v.isoformat() if isinstance(v, (date, datetime)) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps([direction, *plain]).encode()).decode().rstrip("=")


def decode(cursor: str, width: int) -> tuple[str, list[Any]]:
    """The direction and the values in `cursor`. Raises BadCursor on anything else."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        direction, *values = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, binascii.Error, TypeError, RecursionError) as error:
        raise BadCursor(cursor) from error
    sound = all(isinstance(value, (str, int)) for value in values)
    if direction not in ("older", "newer") or len(values) != width or not sound:
        raise BadCursor(cursor)
    return direction, values


def past(fields: tuple[str, ...], values: list[Any], *, older: bool) -> Q:
    """Rows past the given one, in the order of `fields`, all descending."""
    comparison = "lt" if older else "gt"
    condition = Q()
    for index, field in enumerate(fields):
        tie = {fields[n]: values[n] for n in range(index)}
        condition |= Q(**tie, **{f"{field}__{comparison}": values[index]})
    # The first field alone bounds the range, so that the index is used for the whole OR.
    return Q(**{f"{fields[0]}__{comparison}e": values[0]}) & condition


@dataclass(frozen=True)
class Turn:
    """What a cursor says: which way to turn, and after which row (empty for the first page).

    `fields` are the order of the list, newest first, the last one unique.
    """

    fields: tuple[str, ...]
    older: bool
    after: list[Any]

    @classmethod
    def read(cls, cursor: str, fields: tuple[str, ...]) -> "Turn":
        """Raises BadCursor."""
        direction, values = decode(cursor, len(fields)) if cursor else ("older", [])
        return cls(fields, direction == "older", values)

    def must_be(self, *kinds: type) -> None:
        """Raises BadCursor where it says no day where a day is due, or no number."""
        for value, kind in zip(self.after, kinds, strict=False):
            try:
                sound = 0 < value < LAST if kind is int else date.fromisoformat(value)
            except (TypeError, ValueError) as error:
                raise BadCursor(str(value)) from error
            if not sound:
                raise BadCursor(str(value))

    def beyond(self, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
        """The rows after that row; all of them on the first page."""
        if not self.after:
            return rows
        return rows.filter(past(self.fields, self.after, older=self.older))

    def sorted(self, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
        """The rows in the order in which they are met, going this way."""
        return rows.order_by(*(f"-{field}" if self.older else field for field in self.fields))

    def page(self, found: list[Any], size: int) -> Page[Any]:
        """The page that begins what was met; one row more than `size` says that there are more."""
        more, found = len(found) > size, found[:size]
        if not self.older:
            found.reverse()
        if not found:
            return Page([], "", "")
        has_newer = bool(self.after) if self.older else more
        has_older = more if self.older else True
        return Page(
            found,
            encode("newer", _key(found[0], self.fields)) if has_newer else "",
            encode("older", _key(found[-1], self.fields)) if has_older else "",
        )


def page(
    rows: "QuerySet[Any, Any]", fields: tuple[str, ...], *, cursor: str = "", size: int = 50
) -> Page[Any]:
    """One page of `rows`, newest first by `fields` (the last one unique).

    Rows may be models, tuples are not supported; `values()` dicts are. Raises BadCursor.
    """
    turn = Turn.read(cursor, fields)
    try:
        rows = turn.beyond(rows)
    except (ValueError, TypeError, ValidationError) as error:
        raise BadCursor(cursor) from error
    return turn.page(list(turn.sorted(rows)[: size + 1]), size)


def _key(row: Any, fields: tuple[str, ...]) -> list[Any]:
    if isinstance(row, Model):
        return [getattr(row, field) for field in fields]
    return [row[field] for field in fields]
