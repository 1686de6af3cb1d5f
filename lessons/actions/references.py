"""Numbers that people say aloud: L-0001, L-0002, without gaps for those who wait."""

from agencies.numbers import next_number, queue_up
from lessons.models import Lesson

START = "L-"


def take_turn() -> None:
    """One drawing at a time, so that no number is given twice and a second click finds the first.

    To be called in the transaction that draws.
    """
    queue_up(START)


def next_reference() -> str:
    """The number after the highest given out. Call `take_turn` first."""
    return f"{START}{next_number(Lesson, START):04}"
