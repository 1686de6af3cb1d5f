"""Drawing a lesson from findings, and working on its text until it is endorsed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from lessons import policies
from lessons.actions.marking import check_marking
from lessons.actions.references import next_reference, take_turn
from lessons.actions.refusals import LessonRefused, LessonSettled, StaleLesson
from lessons.choices import LessonKind, LessonState
from lessons.models import Lesson
from lessons.selectors.drawing import drawable_findings
from lessons.selectors.marking import Marking, sources_of
from reviews.models import Finding

# The text may be worked on until a commander has decided.
OPEN_STATES = (LessonState.OBSERVATION, LessonState.IDENTIFIED)
COLUMNS = (
    "title",
    "title_ur",
    "observation",
    "discussion",
    "conclusion",
    "recommendation",
    "kind",
    "category_id",
    "target_type",
    "occasion",
    "tlp",
    "classification",
)


@dataclass(frozen=True, kw_only=True)
class LessonText:
    """What the writer of a lesson says, where it applies, and how far it may go."""

    title: str
    observation: str
    recommendation: str
    tlp: str
    classification: str
    title_ur: str = ""
    discussion: str = ""
    conclusion: str = ""
    kind: str = LessonKind.LESSON
    category_id: int | None = None
    area_ids: Sequence[int] = ()
    target_type: str = ""
    occasion: str = ""
    caveats: Sequence[str] = ()
    # The writer's declaration that nothing in it is only in a source marked higher.
    stands_alone: bool = False

    @property
    def marking(self) -> Marking:
        return Marking(self.tlp, self.classification, tuple(self.caveats))

    def columns(self) -> dict[str, Any]:
        """The values of the row itself."""
        return {name: getattr(self, name) for name in COLUMNS} | {"caveats": list(self.caveats)}


@deed
def draw_lesson(
    *, finding_ids: Sequence[int], text: LessonText, origin: str, by: User, at: datetime
) -> Lesson:
    """Put down what others should learn from findings of approved reviews that `by` may read.

    `origin` names the form it was typed in (or the file it was loaded from): the same again gives
    the lesson already drawn.
    """
    if not policies.can_draw(by):
        raise PermissionDenied
    take_turn()
    if drawn := Lesson.objects.visible_to(by).filter(origin=origin, drawn_by=by).first():
        return drawn
    findings = list(
        drawable_findings(by).filter(pk__in=finding_ids).select_related("review__incident")
    )
    if not findings or len(findings) != len(set(finding_ids)):
        raise Finding.DoesNotExist
    _check_text(text)
    sources = list({finding.review_id: finding.review for finding in findings}.values())
    lower_than = check_marking(text.marking, sources, by=by, stands_alone=text.stands_alone)
    lesson = Lesson.objects.create(
        reference=next_reference(),
        agency_id=by.agency_id,
        origin=origin,
        drawn_at=at,
        drawn_by=by,
        is_example=any(review.is_example for review in sources),
        **text.columns(),
    )
    lesson.findings.set(findings)
    lesson.areas.set(text.area_ids)
    record(
        Verb.LESSON_DRAWN,
        by=by,
        target=lesson,
        at=at,
        findings=sorted(finding_ids),
        marked_lower_than=lower_than,
    )
    return lesson


@deed
def change_lesson(
    *, lesson_id: int, text: LessonText, lock_version: int, by: User, at: datetime
) -> Lesson:
    """Save the text of a lesson that nobody has decided on yet.

    Raises StaleLesson when somebody saved since version `lock_version` was read.
    """
    lesson = Lesson.objects.visible_to(by).select_for_update(of=("self",)).get(pk=lesson_id)
    if not policies.can_change(by, lesson):
        raise PermissionDenied
    if lesson.state not in OPEN_STATES:
        raise LessonSettled(_("A commander has decided on this lesson; its text stands."))
    if lesson.lock_version != lock_version:
        raise StaleLesson(_("Somebody else saved this lesson after you opened it."))
    _check_text(text)
    if lesson.state == LessonState.IDENTIFIED:
        _check_thought_through(text)
    lower_than = check_marking(
        text.marking, sources_of(lesson), by=by, stands_alone=text.stands_alone
    )
    columns = text.columns()
    changed = [name for name, value in columns.items() if getattr(lesson, name) != value]
    for name, value in columns.items():
        setattr(lesson, name, value)
    lesson.changed_by = by
    lesson.lock_version += 1
    lesson.save(update_fields=[*columns, "changed_by", "lock_version"])
    lesson.areas.set(text.area_ids)
    record(
        Verb.LESSON_CHANGED,
        by=by,
        target=lesson,
        at=at,
        fields=sorted(changed),
        version=lesson.lock_version,
        marked_lower_than=lower_than,
    )
    return lesson


def _check_text(text: LessonText) -> None:
    for field in ("title", "observation", "recommendation"):
        if not getattr(text, field).strip():
            raise LessonRefused(
                _("A lesson must be readable alone: say what was seen and what to do."),
                field=field,
            )


def _check_thought_through(text: LessonText) -> None:
    for field in ("discussion", "conclusion"):
        if not getattr(text, field).strip():
            raise LessonRefused(
                _("The lesson is with the commander: it must say why it matters and what follows."),
                field=field,
            )
