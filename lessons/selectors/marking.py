"""Comparing a lesson's marking with that of its sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agencies.choices import TLP, Classification
from agencies.models import Marked
from agencies.models.marking import highest
from lessons.models import Lesson
from reviews.models import Review

Record = TypeVar("Record", bound=Marked)


@dataclass(frozen=True)
class Marking:
    """How far a record may go."""

    tlp: str
    classification: str
    caveats: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: Marked) -> "Marking":
        """The marking that a record carries."""
        return cls(record.tlp, record.classification, tuple(record.caveats))


def sources_of(lesson: Lesson) -> list[Review]:
    """The reviews a lesson was drawn from, whoever may read them: markings and numbers, no more."""
    return list(Review.objects.raw("SELECT * FROM lessons_sources(%s)", [lesson.pk]))


def starting_marking(sources: Sequence[Review]) -> Marking:
    """Where a lesson of these reviews starts: the highest of each scale, every caveat.

    RED starts one step lower, because a lesson cannot be RED; the writer must then declare that
    the text stands alone.
    """
    tlp, classification = highest(list(sources))
    caveats = sorted({caveat for each in sources for caveat in each.caveats})
    return Marking(TLP.AMBER_STRICT if tlp == TLP.RED else tlp, classification, tuple(caveats))


def higher_than(marking: Marking, sources: Iterable[Record]) -> list[Record]:
    """The sources that are guarded more closely than `marking`, on any of the three scales."""
    return [each for each in sources if _is_higher(each, marking)]


def _is_higher(record: Marked, marking: Marking) -> bool:
    return (
        TLP(record.tlp).rank > TLP(marking.tlp).rank
        or Classification(record.classification).rank > Classification(marking.classification).rank
        or not set(record.caveats) <= set(marking.caveats)
    )
