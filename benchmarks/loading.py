"""Loading lists: through validation, places, comparison and the record; beside COPY of the same.

COPY is given the very rows that the loading stored, in copies of the same tables with their keys
and indexes, and nothing to check: that is the floor that the database itself sets.
"""

import csv
import io
import os
from itertools import count
from time import perf_counter

from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from aar.examples.people import person
from aar.ownership import signed_in_at
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.memory import megabytes
from benchmarks.table import Case, at_least, at_most, for_orientation
from incidents import actions, selectors
from incidents.loading.work import work_on
from incidents.management.commands.load_sample_incidents import ANSWERS, SAMPLE
from incidents.models import Import

TABLES = ("incidents_incident", "incidents_source", "incidents_casualtycount", "incidents_datarow")
REPEATS = 3
TURNS = 3
_keys = count(10_000_000)


def measure() -> list[Case]:
    """Rows a second on either side, turn by turn; and how memory grows with the file."""
    by = person("KP-POLICE", Role.INVESTIGATOR)
    pair: list[tuple[float, float]] = []
    size, grown = 0, 0.0
    for _turn in range(TURNS):
        size, content = _file()
        batch = _checked(content, by)
        before = megabytes("VmRSS", from_now=True)
        begun = perf_counter()
        actions.store_import(import_id=batch.pk, by=by, at=timezone.now())
        work_on(batch.pk)
        ours = size / (perf_counter() - begun)
        grown = max(grown, megabytes("VmHWM") - before)
        pair.append((ours, size / _copy(batch)))
    ratio = sorted(ours / raw for ours, raw in pair)[TURNS // 2]
    rows = f"{size:,} rows"
    return [
        at_least(
            0.3, "loading a list ÷ COPY of the same rows with their indexes", rows, ratio, "×"
        ),
        for_orientation("loading a list", rows, max(ours for ours, _raw in pair), "a second"),
        at_most(100, "memory while a list is stored, above before", rows, grown, "MB"),
    ]


def _file() -> tuple[int, bytes]:
    """The sample again and again, each row with a number of its own."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for _repeat in range(REPEATS):
        writer.writerows([str(next(_keys)), *row[1:]] for row in rows)
    return REPEATS * len(rows), out.getvalue().encode()


def _checked(content: bytes, by: User) -> Import:
    at = timezone.now()
    batch = actions.receive_import(
        file=ContentFile(content, name="list.csv"),
        name="list.csv",
        tlp="CLEAR",
        classification="UNMARKED",
        by=by,
        at=at,
    )
    actions.answer_places(import_id=batch.pk, answers=ANSWERS, by=by, at=at)
    actions.check_import(import_id=batch.pk, by=by, at=at)
    work_on(batch.pk)
    with acting(by):
        found = selectors.import_of(by, batch.pk)
    if found.refused:
        raise AssertionError("the sample is refused: nothing here would be measured")
    return found


def _copy(batch: Import) -> float:
    """Seconds that COPY takes for what this file stored, into copies of the tables."""
    took = 0.0
    with signed_in_at(os.environ["DATABASE_TESTS_URL"]), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS raw_{table}")
            cursor.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
            key = "id" if table == "incidents_incident" else "incident_id"
            stored = (
                f"SELECT t.* FROM {table} t WHERE t.{key} IN"  # noqa: S608 - names of our own
                f" (SELECT incident_id FROM incidents_datarow WHERE batch_id = {batch.pk})"
            )
            with cursor.cursor.copy(f"COPY ({stored}) TO STDOUT") as reading:
                content = b"".join(bytes(piece) for piece in reading)
            begun = perf_counter()
            with cursor.cursor.copy(f"COPY raw_{table} FROM STDIN") as writing:
                writing.write(content)
            took += perf_counter() - begun
            cursor.execute(f"DROP TABLE raw_{table}")
    return took
