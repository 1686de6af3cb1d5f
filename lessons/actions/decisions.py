"""From an observation to a lesson that an agency stands behind, or not."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from lessons import policies
from lessons.actions.refusals import LessonRefused, LessonSettled, StaleLesson
from lessons.choices import LessonState
from lessons.models import Lesson
from lessons.selectors.marking import Marking, higher_than, sources_of


@deed
def identify_lesson(*, lesson_id: int, by: User, at: datetime) -> Lesson:
    """The writer has thought it through: what was seen now carries why and what follows."""
    lesson = _locked(lesson_id, by)
    if not policies.can_change(by, lesson):
        raise PermissionDenied
    if lesson.state == LessonState.IDENTIFIED:
        return lesson
    if lesson.state != LessonState.OBSERVATION:
        raise LessonSettled(_("A commander has decided on this lesson already."))
    if not lesson.discussion.strip() or not lesson.conclusion.strip():
        raise LessonRefused(
            _("Say why it matters and what follows from it before you hand it to the commander.")
        )
    lesson.state = LessonState.IDENTIFIED
    lesson.lock_version += 1
    lesson.save(update_fields=["state", "lock_version"])
    record(Verb.LESSON_IDENTIFIED, by=by, target=lesson, at=at)
    return lesson


@deed
def endorse_lesson(*, lesson_id: int, lock_version: int, by: User, at: datetime) -> Lesson:
    """The agency stands behind the lesson, as the commander read it (version `lock_version`)."""
    lesson = _locked(lesson_id, by)
    if not policies.can_endorse(by, lesson):
        raise PermissionDenied
    if lesson.state == LessonState.ENDORSED:
        return lesson
    if lesson.state != LessonState.IDENTIFIED:
        raise LessonSettled(_("Only an identified lesson can be endorsed; this one is not."))
    if lesson.lock_version != lock_version:
        raise StaleLesson(_("The text changed after you read it. Read it again, then endorse."))
    lesson.state = LessonState.ENDORSED
    lesson.endorsed_at, lesson.endorsed_by = at, by
    lesson.lock_version += 1
    lesson.save(update_fields=["state", "endorsed_at", "endorsed_by", "lock_version"])
    lower_than = higher_than(Marking.of(lesson), sources_of(lesson))
    record(
        Verb.LESSON_ENDORSED,
        by=by,
        target=lesson,
        at=at,
        version=lock_version,
        marked_lower_than=[review.reference for review in lower_than],
    )
    return lesson


@deed
def reject_lesson(*, lesson_id: int, reason: str, by: User, at: datetime) -> Lesson:
    """The agency does not stand behind it; the reason stays with the lesson."""
    lesson = _locked(lesson_id, by)
    if not policies.can_reject(by, lesson):
        raise PermissionDenied
    if lesson.state == LessonState.REJECTED:
        return lesson
    if lesson.state not in {LessonState.OBSERVATION, LessonState.IDENTIFIED}:
        raise LessonSettled(_("An endorsed lesson is not rejected; it is reopened."))
    if not reason.strip():
        raise LessonRefused(_("Say why, so that its writer can learn from it."), field="reason")
    lesson.state, lesson.reason = LessonState.REJECTED, reason.strip()
    lesson.lock_version += 1
    lesson.save(update_fields=["state", "reason", "lock_version"])
    record(Verb.LESSON_REJECTED, by=by, target=lesson, at=at, reason=lesson.reason)
    return lesson


def _locked(lesson_id: int, by: User) -> Lesson:
    return Lesson.objects.visible_to(by).select_for_update(of=("self",)).get(pk=lesson_id)
