"""The register as a table for spreadsheets, written by PostgreSQL itself.

One COPY of one statement: `visible_to` chooses the rows as everywhere else, and row-level security
holds beneath it. Words and cells are made in SQL, for a row that passes through Python costs more
than all else.
"""

from typing import IO, Any

from django.db import connection, models
from django.db.models import F
from psycopg.sql import quote

from agencies.models import User
from agencies.page_marking import PageMarking
from core.cells import plain_cell_in_sql
from incidents.loading.formats import KNOWN
from incidents.models import Incident
from incidents.selectors import index
from incidents.selectors.exports.told import KINDS, NAMES, TARGETS, Told
from incidents.selectors.filters import Filters
from incidents.selectors.wording import (
    KILLED_FIGURES,
    KILLED_IN_WORDS,
    KILLED_VICTIMS,
    KilledRange,
)

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = b"\r\n"
AT_ONCE = 1_000
OWN = (
    *("id", "sort_date", "reference", "on_date", "until_date", "at_time", "precision", "title"),
    *("title_ur", "province_id", "area_id", "place_text", "latitude", "longitude"),
    *("place_precision", "attack_type", "suicide", "target_type", "target_text", "group_named"),
    *("occasion", "agency_id", "tlp", "classification", "caveats", "origin"),
)


def write_csv(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A table, newest first; how many rows, and the marking of the whole."""
    told = Told()
    marks: set[bytes] = set()
    file.write(BYTE_ORDER_MARK + ",".join(NAMES).encode() + LINE_END)
    with connection.cursor() as cursor:
        seen = cursor.mogrify(*_seen(user, filters).query.sql_with_params())
        lines: list[bytes] = []
        # libpq hands out one row at a time, line breaks within a cell included.
        with cursor.copy(_statement(seen, filters)) as rows:
            for row in rows:
                mark, _comma, line = bytes(row).partition(b",")
                marks.add(mark)
                lines.append(line[:-1])
                told.count += 1
                if len(lines) == AT_ONCE:
                    file.write(LINE_END.join([*lines, b""]))
                    lines.clear()
        file.write(LINE_END.join([*lines, b""]))
    for mark in marks:
        tlp, classification, *caveats = mark.decode().split(" ")
        told.marks.add((tlp, classification, tuple(caveats)))
    return told.count, told.marking


def _seen(user: User, filters: Filters) -> "models.QuerySet[Incident, tuple[Any, ...]]":
    """The incidents in no order. Of a part of them the killed are asked for one by one."""
    seen = index.matching(user, filters)
    if filters == Filters():
        return seen.values_list(*OWN)
    return seen.annotate(killed=KilledRange(F("id"))).values_list(*OWN, "killed")


# Of the whole register the counts are read once, in one go.
ALL_KILLED = f"""LEFT JOIN (SELECT incident_id, {KILLED_FIGURES} FROM incidents_casualtycount
            WHERE {KILLED_VICTIMS} GROUP BY incident_id) counted ON counted.incident_id = seen.id"""  # noqa: S608 - names of our own


def _statement(seen: str, filters: Filters) -> str:
    """COPY of the rows `seen`, one cell for each of `NAMES`; before them how the row is marked."""
    whole = filters == Filters()
    cells = {name: plain_cell_in_sql(f"seen.{name}") for name in NAMES}
    cells |= {
        "date": _blank("seen.on_date"),
        "until": _blank("seen.until_date"),
        "time": _blank("seen.at_time"),
        # A coordinate is a number: a minus before it begins no formula.
        "latitude": _blank("seen.latitude"),
        "longitude": _blank("seen.longitude"),
        "province": plain_cell_in_sql("province.name"),
        "area": plain_cell_in_sql("area.name"),
        "area_code": plain_cell_in_sql("area.code"),
        "place": plain_cell_in_sql("seen.place_text"),
        "attack_type": _worded("seen.attack_type", KINDS),
        "target_type": _worded("seen.target_type", TARGETS),
        "target": plain_cell_in_sql("seen.target_text"),
        "killed": KILLED_IN_WORDS if whole else "seen.killed",
        "agency": plain_cell_in_sql("agency.code"),
        "caveats": "array_to_string(seen.caveats, '; ')",
        "credit": _worded(
            "split_part(seen.origin, ':', 1)", {each.scheme: each.credit for each in KNOWN}
        ),
    }
    # No cell is NULL: beside a NULL that is written as nothing, an empty text stands in quotes.
    select = ", ".join(cells[name] for name in NAMES)
    # Set apart, the names are looked up in a table in memory and not each by its index: what a
    # policy costs is so large to the planner that it takes the two for equal.
    return f"""COPY (
        WITH area_names AS MATERIALIZED (SELECT id, name, code FROM places_area),
            agency_names AS MATERIALIZED (SELECT id, code FROM agencies_agency)
        SELECT concat_ws(' ', seen.tlp, seen.classification,
                nullif(array_to_string(seen.caveats, ' '), '')), {select}
        FROM ({seen}) seen {ALL_KILLED if whole else ""}
        JOIN agency_names agency ON agency.id = seen.agency_id
        LEFT JOIN area_names province ON province.id = seen.province_id
        LEFT JOIN area_names area ON area.id = seen.area_id
        ORDER BY seen.sort_date DESC, seen.id DESC
    ) TO STDOUT (FORMAT csv, NULL '-', ENCODING 'UTF8')"""  # noqa: S608 - names of our own


def _blank(column: str) -> str:
    return f"coalesce({column}::text, '')"


def _worded(code: str, words: dict[str, str]) -> str:
    """The word for each code."""
    cases = " ".join(f"WHEN {quote(each)} THEN {quote(word)}" for each, word in words.items())
    return f"CASE {code} {cases} ELSE '' END"
