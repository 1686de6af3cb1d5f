"""One thing that somebody still has to do, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from agencies.models import Marked
from core import text


@dataclass(frozen=True)
class Owed:
    """A deed, the record it is about, and its day (None where nobody set one)."""

    deed: str
    url: str
    note: str
    due: date | datetime | None
    shows: Marked
    ref: str = ""

    def is_late(self, today: date) -> bool:
        return self.due is not None and text.local_day(self.due) < today


def in_order(owed: Iterable[Owed]) -> list[Owed]:
    """The most pressing first; what has no day comes last."""
    return sorted(owed, key=_press)


def _press(each: Owed) -> tuple[bool, date]:
    return (each.due is None, text.local_day(each.due) if each.due else date.max)


def count_late(owed: Iterable[Owed], today: date) -> int:
    """How many are past their day."""
    return sum(each.is_late(today) for each in owed)
