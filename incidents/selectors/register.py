"""The register: one page of incidents by one statement, its rows in words as they are printed."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import F

from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from core import keyset
from incidents.columns import DEFAULT, Column
from incidents.models import Incident
from incidents.selectors import index
from incidents.selectors.filters import Filters, readable
from incidents.selectors.wording import WORKED_OUT, Wording, needed
from places.models import Area

ORDER = ("sort_date", "id")

# The number of the incident, then its cells: what `rendering.register_rows` prints.
Row = tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One page of the register, ready to print."""

    rows: list[Row]
    newer: str
    older: str
    until: date | None
    marking: PageMarking | None


def register(
    user: User,
    filters: Filters,
    columns: tuple[Column, ...] = DEFAULT,
    *,
    cursor: str = "",
    size: int = 50,
) -> Register:
    """One page of the incidents that `user` may read, newest first. Raises keyset.BadCursor."""
    if filters == Filters() and columns == DEFAULT:
        found = _plain(user, keyset.Turn.read(cursor, ORDER), size)
    elif index.answers(filters):
        rows = _rows(user, filters, columns)
        found = index.page(rows, filters, cursor=cursor, size=size)
    else:
        found = keyset.page(_rows(user, filters, columns), ORDER, cursor=cursor, size=size)
    wording = Wording(columns)
    lines = [wording.row(each) for each in found.rows]
    until = found.rows[-1]["sort_date"] if lines else None
    marks = [(each["tlp"], each["classification"], each["caveats"]) for each in found.rows]
    return Register(lines, found.newer, found.older, until, highest_of(marks))


Rows = models.QuerySet[Incident, dict[str, Any]]


def _rows(user: User, filters: Filters, columns: tuple[Column, ...]) -> Rows:
    """The rows that `user` may read, with what the register prints of each."""
    names = needed(columns)
    worked_out = {name: WORKED_OUT[name](F("id")) for name in names if name in WORKED_OUT}
    rows: Rows = readable(user, filters).annotate(**worked_out).values(*names)
    return rows


def _plain(user: User, turn: keyset.Turn, size: int) -> "keyset.Page[dict[str, Any]]":
    """A page of the whole register: what is opened and turned all day."""
    turn.must_be(date, int)
    sql, params = _statement(user, older=turn.older, turned=bool(turn.after), size=size)
    given = dict(zip(ANYWHERE, turn.after, strict=False))
    there = [given[each] if each in ANYWHERE else each for each in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, there)
        names = needed(DEFAULT)
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return turn.page(rows, size)


# A place in the register that no record has: it keeps the place of those of a cursor.
ANYWHERE = (date(1, 2, 3), -(2**40))
_statements: dict[tuple[Any, ...], tuple[str, Any]] = {}
MOST_STATEMENTS = 500


def _statement(user: User, *, older: bool, turned: bool, size: int) -> tuple[str, Any]:
    """The SQL of a page, kept for as long as the person's row is the same.

    `visible_to` depends on that row alone (a test holds it to that), and Django takes five times as
    long to put the statement together as PostgreSQL's driver takes to run it.
    """
    row = tuple(getattr(user, column) for column in _columns_of_a_person())
    key = (row, older, turned, size)
    statement = _statements.get(key)
    if statement is None:
        if len(_statements) >= MOST_STATEMENTS:
            _statements.clear()
        turn = keyset.Turn(ORDER, older, list(ANYWHERE) if turned else [])
        page = turn.sorted(turn.beyond(_rows(user, Filters(), DEFAULT)))[: size + 1]
        statement = page.query.get_compiler(page.db).as_sql()
        _statements[key] = statement
    return statement


@cache
def _columns_of_a_person() -> tuple[str, ...]:
    """What a person's row holds, but for what changes at each sign-in."""
    columns = (column.attname for column in User._meta.concrete_fields)
    return tuple(column for column in columns if column not in {"password", "last_login"})


def chosen_areas(*narrowed: Filters) -> dict[int, str]:
    """The names of the provinces and districts that these are narrowed to."""
    wanted = {pk for each in narrowed for pk in (each.province, each.district) if pk is not None}
    if not wanted:
        return {}
    return {area.pk: area.label for area in Area.objects.filter(pk__in=wanted).defer("shape")}
