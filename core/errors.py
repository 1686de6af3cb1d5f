"""Refusals that a person can act on. Anything else that goes wrong is a bug and stays a 500."""

from django.utils.functional import Promise


class RuleBroken(Exception):
    """A rule of the product forbids the deed. The text is a sentence for the person who tried.

    Browsers show it as a message beside what was typed; the API answers 409 with it.
    """

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


class StaleEdit(RuleBroken):
    """Somebody else saved the same record since this page was read; both versions are kept."""
