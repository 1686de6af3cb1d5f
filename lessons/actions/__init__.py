"""What people do with lessons and recurrences."""

from lessons.actions.decisions import endorse_lesson, identify_lesson, reject_lesson
from lessons.actions.drafts import LessonText, change_lesson, draw_lesson
from lessons.actions.recurrences import Case, record_recurrence
from lessons.actions.refusals import LessonRefused, LessonSettled, StaleLesson

__all__ = [
    "Case",
    "LessonRefused",
    "LessonSettled",
    "LessonText",
    "StaleLesson",
    "change_lesson",
    "draw_lesson",
    "endorse_lesson",
    "identify_lesson",
    "record_recurrence",
    "reject_lesson",
]
