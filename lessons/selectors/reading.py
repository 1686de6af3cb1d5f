"""Lessons as pages and the rooms above read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.models.marking import Person
from agencies.raising import raised_by
from agencies.readers import Reach, Readers, count_readers
from audit.models import Event
from core import keyset
from incidents.models import Incident
from lessons import policies
from lessons.choices import LessonState
from lessons.models import Lesson
from lessons.selectors.marking import Marking, higher_than, sources_of
from lessons.selectors.reach import people_who_read
from lessons.selectors.search import matching
from reviews.models import Finding, Review

OPEN_STATES = (LessonState.OBSERVATION, LessonState.IDENTIFIED)
KEY = ("drawn_at", "id")


@dataclass(frozen=True)
class LessonFilter:
    """What the list was asked for; empty means any."""

    words: str = ""
    category: int | None = None
    state: str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.category or self.state or self.kind)


def filtered(user: Person, wanted: LessonFilter) -> QuerySet[Lesson]:
    """Lessons that `user` may read and that fit."""
    lessons = Lesson.objects.visible_to(user)
    if wanted.words:
        lessons = matching(lessons, wanted.words)
    if wanted.category:
        lessons = lessons.filter(
            Q(category_id=wanted.category) | Q(category__parent_id=wanted.category)
        )
    if wanted.state:
        lessons = lessons.filter(state=wanted.state)
    if wanted.kind:
        lessons = lessons.filter(kind=wanted.kind)
    return lessons


def lesson_page(user: Person, wanted: LessonFilter, *, cursor: str) -> keyset.Page[Lesson]:
    """One page of the list, newest first."""
    lessons = filtered(user, wanted).select_related("category", "agency")
    return keyset.page(lessons, KEY, cursor=cursor)


def visible_findings(user: Person) -> "Prefetch[str, QuerySet[Finding], str]":
    """A lesson's findings as far as the reader may see their reviews, as `seen_findings`."""
    return Prefetch(
        "findings",
        queryset=Finding.objects.filter(review__in=Review.objects.visible_to(user))
        .select_related("review__incident", "category")
        .order_by("review_id", "number"),
        to_attr="seen_findings",
    )


@dataclass(frozen=True)
class LessonFile:
    """All that the page of a lesson shows."""

    lesson: Lesson
    findings: Sequence[Finding]
    # Sources marked higher, of which the reader may know; and whether there is any at all.
    higher: Sequence[Review]
    is_lower: bool
    # Why it is marked as it is, for its own agency.
    raised: Sequence[str]
    # Who will read it once it is endorsed, for who may endorse it.
    reach: Readers | None
    deeds: Sequence[Event]
    may: dict[str, bool]


def lesson_file(user: User, lesson: Lesson) -> LessonFile:
    """What `user` may see of a lesson, and do with it. `lesson` carries `seen_findings`."""
    findings: list[Finding] = getattr(lesson, "seen_findings")  # noqa: B009 - set by a prefetch
    sources = sources_of(lesson)
    higher = higher_than(Marking.of(lesson), sources)
    may = deeds_open(user, lesson)
    seen_reviews = {finding.review_id for finding in findings}
    return LessonFile(
        lesson=lesson,
        findings=findings,
        higher=[review for review in higher if review.pk in seen_reviews],
        is_lower=bool(higher),
        raised=_raised(lesson, sources, seen_reviews) if user.agency_id == lesson.agency_id else [],
        reach=_reach(lesson) if may["endorse"] else None,
        deeds=list(Event.objects.about(lesson).order_by("-at", "-id")[:20]),
        may=may,
    )


def _raised(lesson: Lesson, sources: Sequence[Review], seen: set[int]) -> list[str]:
    """Its marking and the sources it comes from, named as far as the reader may know of them."""
    names = {
        each.pk: each.reference if each.pk in seen else _("a source closed to you")
        for each in sources
    }
    return raised_by(lesson, sources, name=lambda part: names[part.pk])


def _reach(lesson: Lesson) -> Readers:
    return count_readers(people_who_read(lesson, state=LessonState.ENDORSED), Reach.of(lesson))


def deeds_open(user: User, lesson: Lesson) -> dict[str, bool]:
    """Which buttons the page offers; the actions check again."""
    is_open = lesson.state in OPEN_STATES
    return {
        "change": is_open and policies.can_change(user, lesson),
        "identify": lesson.state == LessonState.OBSERVATION and policies.can_change(user, lesson),
        "endorse": lesson.state == LessonState.IDENTIFIED and policies.can_endorse(user, lesson),
        "reject": is_open and policies.can_reject(user, lesson),
    }


def last_saved(lesson: Lesson) -> tuple[str, Any]:
    """By which post and when the lesson was last saved."""
    event = Event.objects.about(lesson).order_by("-at", "-id").first()
    return (event.actor_name, event.at) if event else ("", timezone.now())


def lessons_of_review(user: Person, review: Review) -> QuerySet[Lesson]:
    """Lessons drawn from a review's findings."""
    return _drawn_from(user, Q(findings__review=review))


def lessons_of_incident(user: Person, incident: Incident) -> QuerySet[Lesson]:
    """Lessons drawn from reviews of an incident, as far as the reader may see the reviews."""
    reviews = Review.objects.visible_to(user).filter(incident=incident)
    return _drawn_from(user, Q(findings__review__in=reviews))


def endorsed_by(user: Person, agency: Agency) -> QuerySet[Lesson]:
    """Endorsed lessons of an agency, newest first."""
    lessons = Lesson.objects.visible_to(user).endorsed().filter(agency=agency)
    return lessons.order_by("-drawn_at", "-id")


def _drawn_from(user: Person, where: Q) -> QuerySet[Lesson]:
    ids = Lesson.objects.filter(where).exclude(state=LessonState.REJECTED).values("pk")
    return Lesson.objects.visible_to(user).filter(pk__in=ids).order_by("-drawn_at", "-id")
