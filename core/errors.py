"""Refusals that a person can act on. Anything else that goes wrong is a bug and stays a 500."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.functional import Promise

_noted: ContextVar["list[SharingRefused] | None"] = ContextVar("refusals", default=None)


class RuleBroken(Exception):
    """A rule of the product forbids the deed. The text is a sentence for the person who tried.

    Browsers show it as a message beside what was typed; the API answers 409 with it.
    """

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


class StaleEdit(RuleBroken):
    """Somebody else saved the same record since this page was read; both versions are kept."""


class SharingRefused(RuleBroken):
    """A marking does not let a record go where somebody tried to send it.

    Views answer it as any other broken rule; `refusals_noted` tells of it all the same, so that the
    attempt can be recorded when the deed has been rolled back.
    """

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        noted = _noted.get()
        if noted is not None:
            noted.append(self)


@contextmanager
def refusals_noted() -> Iterator[list[SharingRefused]]:
    """Every SharingRefused that is raised meanwhile, whoever catches it."""
    noted: list[SharingRefused] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
