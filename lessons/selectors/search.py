"""Search in words, over lessons and incidents, never further than the reader may see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from agencies.models.marking import Person
from incidents.models import Incident
from lessons.choices import ENDORSED_STATES
from lessons.models import SEARCH_CONFIG, Lesson, LessonQuerySet, words_vector

HITS = 20
NEAREST = 3
# How many of the latest matches are put in order of rank.
RANKED = 500
# How much of a word must agree for the nearest thing that exists.
STEM = 4
WORDS = re.compile(r"\w+")


def matching(lessons: LessonQuerySet, words: str) -> LessonQuerySet:
    """Lessons that hold all the words, or whose reference or Urdu title they are."""
    # By themselves, and by a function of the database, so that the index `lesson_words` finds them.
    by_words = RawSQL("SELECT lessons_with_words(websearch_to_tsquery('english', %s))", [words])
    return lessons.filter(
        Q(pk__in=by_words) | Q(reference__iexact=words) | Q(title_ur__icontains=words)
    )


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
    lessons = list(_ranked(matching(Lesson.objects.visible_to(user), words), words)[: HITS + 1])
    incidents = list(_incidents(user, words)[: HITS + 1])
    return Found(
        words=words,
        lessons=[_hit("lesson", each, words) for each in lessons[:HITS]],
        incidents=[_hit("incident", each, words) for each in incidents[:HITS]],
        nearest=[] if lessons or incidents else _nearest(user, words),
        more=len(lessons) > HITS or len(incidents) > HITS,
    )


def _ranked(lessons: LessonQuerySet, words: str) -> QuerySet[Lesson]:
    """The best first, among the latest matches: ranking reads every text it ranks."""
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    return _by_rank(lessons, query)


def _by_rank(lessons: QuerySet[Lesson], query: SearchQuery) -> QuerySet[Lesson]:
    # Fetched first: asked in one statement, PostgreSQL ranks every lesson before it chooses.
    latest = list(lessons.order_by("-drawn_at", "-id").values_list("pk", flat=True)[:RANKED])
    rank = SearchRank(words_vector(), query)
    return (
        Lesson.objects.filter(pk__in=latest)
        .annotate(rank=rank)
        .order_by("-rank", "-drawn_at", "-id")
    )


def _incidents(user: Person, words: str) -> QuerySet[Incident]:
    each_word = (
        Q(title__icontains=word) | Q(title_ur__icontains=word) | Q(place_text__icontains=word)
        for word in WORDS.findall(words)
    )
    everywhere = reduce(and_, each_word, Q()) or Q(pk=None)
    return (
        Incident.objects.visible_to(user)
        .filter(everywhere | Q(reference__istartswith=words))
        .order_by("-sort_date", "-id")
    )


def _nearest(user: Person, words: str) -> list[Hit]:
    """Lessons with any word that begins alike, else the latest lesson that is endorsed."""
    stems = [word[:STEM] for word in WORDS.findall(words) if len(word) >= STEM]
    lessons = Lesson.objects.visible_to(user).filter(state__in=ENDORSED_STATES)
    near: list[Lesson] = []
    if stems:
        alike = " | ".join(f"{stem}:*" for stem in stems)
        query = SearchQuery(alike, config=SEARCH_CONFIG, search_type="raw")
        with_any = RawSQL("SELECT lessons_with_words(to_tsquery('english', %s))", [alike])
        near = list(_by_rank(lessons.filter(pk__in=with_any), query)[:NEAREST])
    if not near:
        near = list(lessons.order_by("-drawn_at", "-id")[:1])
    return [_hit("lesson", each, words) for each in near]


def _hit(kind: str, record: Lesson | Incident, words: str) -> Hit:
    text = " ".join(
        str(getattr(record, name, ""))
        for name in ("reference", "title", "title_ur", "observation", "recommendation")
    ).casefold()
    return Hit(kind, record, [word for word in WORDS.findall(words) if word.casefold() in text])
