"""What the two locks cost: the incident list and the text search, with both and with neither.

One connection, of a role that may pass row-level security by, takes on the product's role for the
locked side and its own for the bare one, turn by turn.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import Any
from unittest import mock

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from aar.examples.people import person
from aar.ownership import signed_in_at
from agencies import lock
from agencies.choices import TLP, Role
from agencies.lock import acting
from agencies.models import MarkedQuerySet, User
from benchmarks.register import LIST, fill, visit
from benchmarks.table import Case, at_most, for_orientation, interleaved
from lessons.choices import LessonState
from lessons.models import SEARCH_CONFIG, Lesson
from lessons.selectors.search import RANKED, latest
from tests.signed_in import through_the_door

# The room's front door has a function of the same name.
incidents_register = import_module("incidents.selectors.register")
SIZE = 100_000
WORDS = {"unique": "zamburak", "rare": "culvert", "common": "search"}
BARE = (
    "SELECT lesson_id FROM lessons_words WHERE words @@ websearch_to_tsquery('english', %s)"
    " ORDER BY drawn_at DESC, lesson_id DESC LIMIT %s"
)


def measure() -> list[Case]:
    """The list with both locks ÷ with neither; each kind of word through both ÷ the bare query."""
    commander = person("BL-POLICE", Role.COMMANDER)
    fill(SIZE)
    with signed_in_at(os.environ["DATABASE_TESTS_URL"]):
        _draw(SIZE, commander)
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE aar")
        return [_list(commander), *_search(commander)]


def _list(commander: User) -> Case:
    client = Client(headers={"accept-encoding": "gzip"})
    through_the_door(client, commander)
    look = visit(client, LIST)
    pair = interleaved(look, _without_locks(look), rounds=300)
    return at_most(
        1.15, "incident list, both locks ÷ neither, CPU", f"{SIZE:,} incidents", pair.ratio, "×"
    )


def _without_locks(look: Callable[[], object]) -> Callable[[], object]:
    kept: dict[object, object] = {}  # the page keeps its statement on either side

    def go() -> None:
        with (
            mock.patch.object(lock, "_tell", return_value=None),
            mock.patch.object(MarkedQuerySet, "marking_allows", return_value=Q()),
            mock.patch.object(incidents_register, "_statements", kept),
            as_who_passes_by(),
        ):
            look()

    return go


@contextmanager
def as_who_passes_by() -> Iterator[None]:
    """The role of test runs, whom row-level security does not bind."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE aar")


def _search(commander: User) -> Iterator[Case]:
    """What the search asks of the database, in a request that has named its reader."""
    size = f"{SIZE:,} lessons"
    with acting(commander):
        for kind, word in WORDS.items():
            asked = _statements(word, commander)
            locked, bare = partial(_ask, asked), partial(_bare, word)
            pair = interleaved(locked, bare, rounds=40, clock=perf_counter)
            yield at_most(
                2, f"search for a {kind} word, both locks ÷ bare index", size, pair.ratio, "×"
            )
            yield for_orientation(f"search for a {kind} word", size, median(pair.ours), "ms")


def _statements(word: str, commander: User) -> list[tuple[str, Any]]:
    """The statements of one search, as they are sent."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    query = SearchQuery(word, config=SEARCH_CONFIG, search_type="websearch")
    with connection.execute_wrapper(note):
        latest(Lesson.objects.visible_to(commander), query)
    return asked


def _ask(statements: list[tuple[str, Any]]) -> None:
    with connection.connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


def _bare(word: str) -> None:
    with as_who_passes_by():
        _ask([(BARE, [word, RANKED])])


def _draw(size: int, by: User) -> None:
    """Lessons that all hold the common word, a thousandth the rare one, one the unique one."""
    now = timezone.now()
    writer = person("BL-POLICE", Role.INVESTIGATOR)
    for start in range(0, size, 5_000):
        Lesson.objects.bulk_create(
            Lesson(
                agency_id=by.agency_id,
                tlp=TLP.GREEN if number % 2 else TLP.AMBER,
                reference=f"L-7{number:06d}",
                title=f"Move the first search outward, number {number}",
                observation="Walk the culvert." if number % 1000 == 0 else "Walk the road.",
                recommendation="zamburak" if number == size // 2 else "Put it further out.",
                state=LessonState.ENDORSED,
                drawn_at=now - timedelta(minutes=number),
                drawn_by=writer,
                endorsed_at=now,
                endorsed_by=by,
            )
            for number in range(start, start + 5_000)
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE lessons_lesson, lessons_words")
