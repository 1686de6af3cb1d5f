"""The register as a table: `write_csv` beside COPY of the same columns, rows and order.

COPY is asked by one whom no lock binds, with the very joins, and neither puts codes into words nor
makes cells safe. For orientation the same beside COPY of a table that holds these cells ready: the
floor that is left when nothing is to be looked up, counted or put in order.
Last of all cases: it empties the register and fills it up to a million.
"""

import os
from collections.abc import Callable
from contextlib import closing
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter

import psycopg
from django.db import connection

from aar.examples.people import person
from aar.ownership import as_owner
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.memory import megabytes
from benchmarks.table import Case, at_least, at_most, for_orientation, interleaved
from incidents.selectors import Filters, exports

# Size, and the turns in which both sides are taken.
SIZES = ((1_000, 30), (100_000, 7), (1_000_000, 3))
COLUMNS = """
    i.reference, i.on_date, i.until_date, i.at_time, i.precision, i.title, i.title_ur,
    province.name province, area.name area, area.code, i.place_text, i.latitude, i.longitude,
    i.place_precision, i.attack_type, i.suicide, i.target_type, i.target_text, i.group_named,
    i.occasion, k.least || '–' || k.most killed, agency.code agency, i.tlp, i.classification,
    i.caveats, i.origin
"""
ROWS = f"""
    SELECT {COLUMNS} FROM incidents_incident i
    JOIN agencies_agency agency ON agency.id = i.agency_id
    LEFT JOIN places_area province ON province.id = i.province_id
    LEFT JOIN places_area area ON area.id = i.area_id
    LEFT JOIN (SELECT incident_id, min(least(low, best, high)) least,
            max(greatest(low, best, high)) most
        FROM incidents_casualtycount WHERE state = 'killed' AND "group" = 'victims'
        GROUP BY incident_id) k ON k.incident_id = i.id
    ORDER BY i.sort_date DESC, i.id DESC
"""  # noqa: S608 - names of our own
# Two in three with an Urdu title, the days of thirty years in no order.
FILL = """
    INSERT INTO incidents_incident (agency_id, tlp, classification, caveats, is_example, on_date,
        sort_date, precision, reference, title, title_ur, summary, when_note, area_id, district_id,
        province_id, place_text, police_station, place_precision, attack_type, suicide, delivery,
        target_type, target_text, group_named, was_foiled, hazards, occasion, agencies_on_scene,
        official_review_known, withdrawn_because, lock_version, recorded_at, recorded_by_id, origin,
        reporter)
    SELECT %(agency)s, CASE WHEN n %% 2 = 0 THEN 'AMBER' ELSE 'GREEN' END, 'UNMARKED', '{}', false,
        day, day, 'DAY', 'INC-BENCH-' || n, 'Explosion beside the market gate, number ' || n,
        CASE WHEN n %% 3 = 0 THEN '' ELSE 'بازار کے دروازے کے پاس دھماکہ' END, '', '', area.id,
        area.id, area.province_id, 'Main Bazaar', '', 'DISTRICT', 1 + n %% 9, 'UNKNOWN', 'UNK',
        1 + n %% 4, 'market', '', false, '', '', '', false, '', 1, now(), %(person)s, '', ''
    FROM generate_series(%(first)s::bigint, %(last)s) n
    CROSS JOIN LATERAL (SELECT date '1995-01-01' + (n * 7919 %% 11000)::int AS day) days
    JOIN (SELECT id, province_id, row_number() OVER (ORDER BY id) - 1 AS place,
            count(*) OVER () AS places
        FROM places_area WHERE level = 'DISTRICT') area ON area.place = n %% area.places
"""
COUNTS = """
    INSERT INTO incidents_casualtycount (incident_id, "group", state, best, is_out_of_order, as_of,
        as_of_text, position, reported_by, note, recorded_at, recorded_by_id)
    SELECT i.id, 'victims', state, i.id %% 40, false, i.on_date, '', 0, '', '', now(), %(person)s
    FROM incidents_incident i CROSS JOIN unnest(ARRAY['killed', 'injured']) state
    WHERE NOT EXISTS (SELECT 1 FROM incidents_casualtycount c WHERE c.incident_id = i.id)
    ORDER BY i.id
"""


def measure() -> list[Case]:
    """Ratio, speed and memory at each size."""
    by = person("BL-POLICE", Role.INVESTIGATOR)
    cases: list[Case] = []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE incidents_incident CASCADE")
    with closing(psycopg.connect(os.environ["DATABASE_TESTS_URL"], autocommit=True)) as unbound:
        have = 0
        for size, rounds in SIZES:
            _fill(unbound, have + 1, size, by)
            have = size
            cases += _compared(unbound, size, rounds, by)
    return cases


def _compared(unbound: psycopg.Connection, size: int, rounds: int, by: User) -> list[Case]:
    label = f"{size:,} incidents"
    write = _writing(by, size)
    before = megabytes("VmRSS", from_now=True)
    write()
    grown = megabytes("VmHWM") - before
    asked = interleaved(_copying(unbound, ROWS), write, rounds=rounds, clock=perf_counter)
    unbound.execute(f"CREATE TABLE raw_export AS {ROWS}")
    unbound.execute("VACUUM ANALYZE raw_export")
    ready = interleaved(
        _copying(unbound, "TABLE raw_export"), write, rounds=rounds, clock=perf_counter
    )
    unbound.execute("DROP TABLE raw_export")
    seconds = median(asked.theirs) / 1000
    return [
        at_least(0.3, "CSV of the register ÷ COPY of the same query", label, asked.ratio, "×"),
        for_orientation("CSV of the register ÷ COPY of cells kept ready", label, ready.ratio, "×"),
        for_orientation("CSV of the register", label, size / seconds, "a s"),
        at_most(20, "memory while the table is written, above before", label, grown, "MB"),
    ]


def _writing(by: User, size: int) -> Callable[[], object]:
    """The export as the view makes it; all rows, or nothing here is compared."""

    def write() -> None:
        with TemporaryFile() as file, acting(by):
            count, _marking = exports.write_csv(by, Filters(), file)
        if count != size:
            raise RuntimeError(f"{count} rows of {size} were written.")

    return write


def _copying(unbound: psycopg.Connection, rows: str) -> Callable[[], object]:
    def copy() -> None:
        with (
            TemporaryFile() as file,
            unbound.cursor() as cursor,
            cursor.copy(f"COPY ({rows}) TO STDOUT (FORMAT csv)") as pieces,
        ):
            for piece in pieces:
                file.write(piece)

    return copy


def _fill(unbound: psycopg.Connection, first: int, last: int, by: User) -> None:
    """Incidents with two counts each; nothing watches, so that a million take a minute."""
    asked = {"agency": by.agency_id, "person": by.pk, "first": first, "last": last}
    with unbound.transaction():
        unbound.execute("SET LOCAL session_replication_role = replica")
        unbound.execute(FILL, asked)
        unbound.execute(COUNTS, asked)
    unbound.execute("VACUUM ANALYZE incidents_incident, incidents_casualtycount")
