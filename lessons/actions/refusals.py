"""Refusals that a person can act on."""

from django.utils.functional import Promise

from core.errors import RuleBroken, StaleEdit


class LessonRefused(RuleBroken):
    """A rule about what a lesson must say or how it is marked; `field` is where to mend it."""

    def __init__(self, sentence: str | Promise, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class LessonSettled(RuleBroken):
    """The lesson has moved on; this deed came too late."""


class StaleLesson(StaleEdit):
    """Somebody saved the lesson since this page was read."""
