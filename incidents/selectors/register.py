"""The register: one page of incidents by one statement, its rows put into words here.

The template prints each row as it is. Nothing in the loop may query, translate or localise.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import F, Func
from django.utils.translation import gettext

from agencies.choices import TLP
from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from core import keyset, text
from incidents.choices import AttackType, Precision
from incidents.models import Incident
from incidents.selectors import index
from incidents.selectors.filters import Filters
from places.models import Area

ORDER = ("sort_date", "id")
COLUMNS = (
    *ORDER,
    "on_date",
    "until_date",
    "precision",
    "title",
    "title_ur",
    "area__name",
    "area__name_ur",
    "attack_type",
    "tlp",
    "classification",
    "caveats",
    "killed",
)


# What `KilledRange` is made of, and how it is said.
KILLED_FIGURES = """
        min(least(low, best, high)) FILTER (WHERE "group" = 'victims') AS least,
        max(greatest(low, best, high)) FILTER (WHERE "group" = 'victims') AS most,
        max(low) FILTER (WHERE "group" = 'victims' AND best IS NULL AND high IS NULL) AS floor,
        max(coalesce(low, best)) FILTER (WHERE "group" <> 'victims') AS parts"""
KILLED_VICTIMS = """state = 'killed' AND "group" NOT IN ('perpetrator', 'not_told', 'everybody')"""
KILLED_IN_WORDS = """coalesce(
        CASE WHEN least < most THEN least || '–' ELSE '' END
        || most || CASE WHEN floor = most THEN '+' ELSE '' END,
        parts || '+', '')"""


class KilledRange(Func):
    """The killed of an incident as reported, in figures: `15–60`, `50+`, blank where none is.

    Counts of all victims make the range. Where only parts of them were counted (police, say), the
    largest part is a floor. Attackers are never in it.
    """

    output_field = models.CharField()
    template = f"""(SELECT {KILLED_IN_WORDS}
    FROM (SELECT {KILLED_FIGURES}
    FROM incidents_casualtycount
    WHERE incident_id = %(expressions)s AND {KILLED_VICTIMS}) series)"""  # noqa: S608 - words of our own


# id, day, title, area, kind, killed, TLP: what `rendering.register_rows` prints
Row = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Register:
    """One page of the register, ready to print."""

    rows: list[Row]
    newer: str
    older: str
    until: date | None
    marking: PageMarking | None


def register(user: User, filters: Filters, *, cursor: str = "", size: int = 50) -> Register:
    """One page of the incidents that `user` may read, newest first. Raises keyset.BadCursor."""
    if filters == Filters():
        found = _plain(user, keyset.Turn.read(cursor, ORDER), size)
    elif index.answers(filters):
        rows = filters.narrow(_readable(user))
        found = index.page(rows, filters, cursor=cursor, size=size)
    else:
        found = keyset.page(filters.narrow(_readable(user)), ORDER, cursor=cursor, size=size)
    wording = _Wording()
    lines = [wording.row(each) for each in found.rows]
    until = found.rows[-1]["sort_date"] if lines else None
    marks = [(each["tlp"], each["classification"], each["caveats"]) for each in found.rows]
    return Register(lines, found.newer, found.older, until, highest_of(marks))


Rows = models.QuerySet[Incident, dict[str, Any]]


def _readable(user: User) -> Rows:
    """The rows that `user` may read, with what the register prints of each."""
    visible = Incident.objects.visible_to(user).standing()
    rows: Rows = visible.annotate(killed=KilledRange(F("id"))).values(*COLUMNS)
    return rows


def _plain(user: User, turn: keyset.Turn, size: int) -> "keyset.Page[dict[str, Any]]":
    """A page of the whole register: what is opened and turned all day."""
    turn.must_be(date, int)
    sql, params = _statement(user, older=turn.older, turned=bool(turn.after), size=size)
    given = dict(zip(ANYWHERE, turn.after, strict=False))
    there = [given[each] if each in ANYWHERE else each for each in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, there)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
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
        page = turn.sorted(turn.beyond(_readable(user)))[: size + 1]
        statement = page.query.get_compiler(page.db).as_sql()
        _statements[key] = statement
    return statement


@cache
def _columns_of_a_person() -> tuple[str, ...]:
    """What a person's row holds, but for what changes at each sign-in."""
    columns = (column.attname for column in User._meta.concrete_fields)
    return tuple(column for column in columns if column not in {"password", "last_login"})


def chosen_areas(filters: Filters) -> dict[int, str]:
    """The names of the province and the district that the register is narrowed to."""
    wanted = [pk for pk in (filters.province, filters.district) if pk is not None]
    if not wanted:
        return {}
    return {area.pk: area.label for area in Area.objects.filter(pk__in=wanted)}


class _Wording:
    """The words of one language, looked up once a page."""

    def __init__(self) -> None:
        self.urdu = text.language() == "ur"
        self.months = text.MONTHS[text.language()]
        self.unknown = gettext("not known")
        self.country = gettext("Pakistan")
        self.kinds = {kind.value: str(kind.label) for kind in AttackType}
        self.tlps = {tlp.value: str(tlp.label).removeprefix("TLP:") for tlp in TLP}

    def day(self, day: date) -> str:
        """`29 Sep 2023`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def when(self, row: dict[str, Any]) -> str:
        """The day as far as it is known."""
        day = row["on_date"]
        if day is None:
            return self.unknown
        match row["precision"]:
            case Precision.MONTH:
                return f"{self.months[day.month - 1]} {day.year}"
            case Precision.RANGE:
                return f"{self.day(day)} – {self.day(row['until_date'])}"
            case _:
                return self.day(day)

    def row(self, row: dict[str, Any]) -> Row:
        """One line of the register."""
        if self.urdu:
            title = row["title_ur"] or row["title"]
            area = row["area__name_ur"] or row["area__name"]
        else:
            title, area = row["title"], row["area__name"]
        return (
            str(row["id"]),
            self.when(row),
            title,
            area or self.country,
            self.kinds[row["attack_type"]],
            row["killed"] or self.unknown,
            self.tlps[row["tlp"]],
        )
