"""Example lessons and recurrences, through the same actions that people use.

The lessons stand on findings of the example reviews and say only what was published.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from aar.examples.people import person
from agencies.choices import TLP, Classification, Role
from agencies.lock import acting
from agencies.models import User
from core.datafile import read_json
from incidents.models import Incident
from lessons import actions
from lessons.models import Lesson, Recurrence
from lessons.selectors.drawing import drawable_findings
from lessons.selectors.marking import Marking
from reviews.models import Finding, Review

DATA = Path(__file__).parent / "data" / "lessons"
PUBLIC = Marking(TLP.CLEAR, Classification.UNMARKED)
TEXT = (
    "title",
    "title_ur",
    "observation",
    "discussion",
    "conclusion",
    "recommendation",
    "kind",
    "tlp",
    "target_type",
    "occasion",
)
Json = dict[str, Any]


class NothingToDrawFrom(LookupError):
    """No finding of the example reviews says what the example lesson is drawn from."""


def load(*, at: datetime) -> int:
    """Draw and endorse the example lessons, and group the recurrences; how many were new."""
    with acting(person("BL-POLICE", Role.COMMANDER)):
        return _draw_missing(at=at) + _group(at=at)


def _draw_missing(*, at: datetime) -> int:
    known = set(Lesson.objects.filter(is_example=True).values_list("origin", flat=True))
    lessons = [each for each in read_json(DATA / "lessons.json") if _origin(each) not in known]
    ready = [each for each in lessons if all(map(_is_reviewed, each["from"]))]
    for each in ready:
        _draw(each, at=at)
    return len(ready)


def _is_reviewed(source: Json) -> bool:
    """Whether the example review is there; without it the lesson waits for the next loading."""
    reviews = Review.objects.settled().filter(is_example=True)
    return reviews.filter(incident__origin=f"example:{source['incident']}").exists()


def _origin(told: Json) -> str:
    return f"example:{told['id']}"


def _draw(told: Json, *, at: datetime) -> None:
    writer = person(told["agency"], Role.INVESTIGATOR)
    with acting(writer):
        findings = [finding for source in told["from"] for finding in _findings(source, writer)]
    lesson = actions.draw_lesson(
        finding_ids=[finding.pk for finding in findings],
        text=actions.LessonText(
            classification=Classification.UNMARKED,
            category_id=findings[0].category_id,
            **{name: told[name] for name in TEXT if name in told},
        ),
        origin=_origin(told),
        by=writer,
        at=at,
    )
    lesson = actions.identify_lesson(lesson_id=lesson.pk, by=writer, at=at)
    actions.endorse_lesson(
        lesson_id=lesson.pk,
        lock_version=lesson.lock_version,
        by=person(told["agency"], Role.COMMANDER),
        at=at,
    )


def _findings(source: Json, writer: User) -> list[Finding]:
    """The findings of the example review whose sentence speaks of it."""
    about = re.compile(source["about"], re.IGNORECASE)
    rows = drawable_findings(writer).filter(
        review__incident__origin=f"example:{source['incident']}", review__is_example=True
    )
    found = [row for row in rows.order_by("number") if about.search(row.title)]
    if not found:
        raise NothingToDrawFrom(source)
    return found


def _group(*, at: datetime) -> int:
    """Link the example incidents that repeat one another; other cases stay in words."""
    told = read_json(DATA / "recurrences.json")
    known = set(Recurrence.objects.values_list("key", flat=True))
    new = [item for item in told["items"] if item["key"] not in known]
    by = person("BL-POLICE", Role.COMMANDER)
    wanted = {f"example:{case['incident']}" for item in new for case in _known_cases(item)}
    incidents = dict(Incident.objects.filter(origin__in=wanted).values_list("origin", "pk"))
    for item in new:
        actions.record_recurrence(
            key=item["key"],
            failure=item["failure"],
            what_differed=item.get("what_differed", ""),
            lesson_to_test=item.get("lesson_to_test", ""),
            note=item.get("note", ""),
            cases=[_case(case, incidents) for case in item["cases"]],
            marking=PUBLIC,
            by=by,
            at=at,
        )
    return len(new)


def _known_cases(item: Json) -> list[Json]:
    return [case for case in item["cases"] if "incident" in case]


def _case(case: Json, incidents: dict[str, int]) -> actions.Case:
    name = case.get("incident")
    return actions.Case(
        incident_id=incidents[f"example:{name}"] if name else None, text=case.get("text", "")
    )
