"""The index beside the register (`incidents_words`): what it is asked, and one page of its answer.

It gives the numbers of incidents that hold what is asked, in the order of the register and no
further than whoever asks may see; the incidents are then read through both locks.
"""

from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from agencies.models import User
from core import keyset
from incidents.models import Incident, IncidentQuerySet
from incidents.selectors.filters import Filters, readable

ORDER = ("sort_date", "id")
FOUND = "incidents_found(%s, %s, %s::text[], %s, %s::date, %s::date"
# Where a page was not filled, so many times more are asked for, up to a limit.
MORE = 8
MOST_AT_ONCE = 20_000

Rows = models.QuerySet[Incident, Any]


def answers(filters: Filters) -> bool:
    """Whether the index knows it better than the register's own columns do."""
    return bool(filters.words or filters.group or _facts(filters) or filters.killed is not None)


def matching(user: User, filters: Filters) -> IncidentQuerySet:
    """All incidents that stand, that `user` may read and that match, in no order."""
    rows = readable(user, filters)
    if not filters.words and not filters.group:
        return rows
    words = Filters(words=filters.words, group=filters.group)
    found = RawSQL(f"SELECT incident FROM {FOUND})", _asked(words))  # noqa: S608, S611
    return rows.filter(pk__in=found)


def first_with_words(rows: "models.QuerySet[Incident]", words: str, *, most: int) -> list[Incident]:
    """The newest of `rows` that hold all the words."""
    return page(rows, Filters(words=words), size=most).rows


def page(rows: Rows, filters: Filters, *, cursor: str = "", size: int = 50) -> "keyset.Page[Any]":
    """One page of `rows` as `filters` leave them. Raises keyset.BadCursor."""
    turn = keyset.Turn.read(cursor, ORDER)
    turn.must_be(date, int)
    found: list[Any] = []
    place, many = turn.after, size + 1
    while len(found) <= size:
        there = _there(filters, place, turn, many)
        numbers = [number for number, _day in there]
        # The numbers are known to fit: what is left is to ask whether the reader may see them.
        found += turn.sorted(rows.filter(pk__in=numbers))
        if len(there) < many:
            break
        number, day = there[-1]
        place, many = [day, number], min(MORE * many, MOST_AT_ONCE)
    return turn.page(found, size)


def _there(
    filters: Filters, place: list[Any], turn: keyset.Turn, many: int
) -> list[tuple[int, Any]]:
    day, number = place or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT incident, sorted_by FROM {FOUND}, %s::date, %s, %s, %s)",  # noqa: S608
            [*_asked(filters), day, number, turn.older, many],
        )
        return list(cursor.fetchall())


def _asked(filters: Filters) -> list[Any]:
    until = filters.until
    if filters.year is not None:
        last = date(filters.year, 12, 31)
        until = min(until, last) if until else last
    return [
        *(filters.words, filters.group, _facts(filters)),
        *(filters.killed, filters.since, until),
    ]


def _facts(filters: Filters) -> list[str]:
    """The filters as the index spells them."""
    spelt = {
        "=k": filters.attack_type,
        "=t": filters.target_type,
        "=o": filters.occasion,
        "=s": filters.suicide,
        "=l": filters.tlp,
        "=c": filters.classification,
        "=y": filters.year,
        "@": filters.province,
    }
    facts = [f"{sign}{value}" for sign, value in spelt.items() if value not in ("", None)]
    return facts if filters.district is None else [*facts, f"@{filters.district}"]
