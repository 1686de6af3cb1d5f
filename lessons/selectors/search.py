"""Search in words, over lessons and incidents, never further than the reader may see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from agencies.models.marking import Person
from incidents.models import Incident
from incidents.selectors import first_with_words
from lessons.choices import ENDORSED_STATES
from lessons.models import SEARCH_CONFIG, Lesson, LessonQuerySet, words_vector

HITS = 20
NEAREST = 3
# How many of the latest matches are put in order of rank.
RANKED = 500
# How much of a word must agree for the nearest thing that exists.
STEM = 4
# How many candidates are weighed in one statement, and the end of all numbers.
MOST_AT_ONCE = 20_000
LAST = 2**63 - 1
WORDS = re.compile(r"\w+")


def matching(lessons: LessonQuerySet, words: str) -> LessonQuerySet:
    """Those of these lessons that hold all the words; a reference is one of its words."""
    found = RawSQL("SELECT lesson FROM lessons_found(websearch_to_tsquery('english', %s))", [words])
    return lessons.filter(pk__in=found)


def latest(lessons: LessonQuerySet, query: SearchQuery, *, most: int = RANKED) -> list[int]:
    """Numbers of the latest of these lessons that the query finds, newest first.

    The index knows nothing of readers: it is asked for so many at a time, and for twice as many
    when these lessons are few among them.
    """
    found: list[int] = []
    size, before, below = most, "infinity", LAST
    while len(found) < most:
        there = _there(query, before, below, size)
        numbers = [number for number, _drawn in there]
        these = RawSQL("SELECT unnest(%s::bigint[])", [numbers])
        newest = lessons.filter(pk__in=these).order_by("-drawn_at", "-id")
        found += newest.values_list("pk", flat=True)
        if len(there) < size:
            break
        below, before = there[-1]
        size = min(2 * size, MOST_AT_ONCE)
    return found[:most]


def _there(query: SearchQuery, before: Any, below: int, size: int) -> list[tuple[int, Any]]:
    """Numbers and places of lessons that hold the words, whoever may see them."""
    compiler = Lesson.objects.all().query.get_compiler(connection=connection)
    sql, params = compiler.compile(query.resolve_expression(compiler.query))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT lesson, drawn FROM lessons_found({sql}, %s, %s, %s)",  # noqa: S608
            [*params, before, below, size],
        )
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Hit:
    """One thing found, and which of the words stand in it."""

    kind: str
    record: Lesson | Incident
    matched: Sequence[str]


@dataclass(frozen=True)
class Found:
    """What a search found; where nothing matches, the nearest that exists."""

    words: str
    lessons: Sequence[Hit]
    incidents: Sequence[Hit]
    nearest: Sequence[Hit]
    more: bool

    @property
    def shown(self) -> list[Hit]:
        """Everything the page names."""
        return [*self.lessons, *self.incidents, *self.nearest]

    @property
    def hits(self) -> int:
        return len(self.lessons) + len(self.incidents)


def search(user: Person, words: str) -> Found:
    """Everything that matches, best first; and the nearest thing where nothing does."""
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    lessons = list(_by_rank(Lesson.objects.visible_to(user), query)[: HITS + 1])
    incidents = _incidents(user, words)
    return Found(
        words=words,
        lessons=[_hit("lesson", each, words) for each in lessons[:HITS]],
        incidents=[_hit("incident", each, words) for each in incidents[:HITS]],
        nearest=[] if lessons or incidents else _nearest(user, words),
        more=len(lessons) > HITS or len(incidents) > HITS,
    )


def _by_rank(lessons: LessonQuerySet, query: SearchQuery) -> QuerySet[Lesson]:
    """The best first, among the latest that are found: ranking reads every text it ranks."""
    rank = SearchRank(words_vector(), query)
    return (
        Lesson.objects.filter(pk__in=latest(lessons, query))
        .annotate(rank=rank)
        .order_by("-rank", "-drawn_at", "-id")
    )


def _incidents(user: Person, words: str) -> list[Incident]:
    return first_with_words(Incident.objects.visible_to(user).standing(), words, most=HITS + 1)


def _nearest(user: Person, words: str) -> list[Hit]:
    """Lessons with any word that begins alike, else the latest lesson that is endorsed."""
    stems = [word[:STEM] for word in WORDS.findall(words) if len(word) >= STEM]
    lessons = Lesson.objects.visible_to(user).filter(state__in=ENDORSED_STATES)
    near: list[Lesson] = []
    if stems:
        alike = " | ".join(f"{stem}:*" for stem in stems)
        query = SearchQuery(alike, config=SEARCH_CONFIG, search_type="raw")
        near = list(_by_rank(lessons, query)[:NEAREST])
    if not near:
        near = list(lessons.order_by("-drawn_at", "-id")[:1])
    return [_hit("lesson", each, words) for each in near]


def _hit(kind: str, record: Lesson | Incident, words: str) -> Hit:
    text = " ".join(
        str(getattr(record, name, ""))
        for name in ("reference", "title", "title_ur", "observation", "recommendation")
    ).casefold()
    return Hit(kind, record, [word for word in WORDS.findall(words) if word.casefold() in text])
