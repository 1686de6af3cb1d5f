"""The marking of a page that shows several records: the highest of each scale among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agencies.choices import TLP, Caveat, Classification
from agencies.models import Marked


@dataclass(frozen=True)
class PageMarking:
    """What the black bar of the page says, top and bottom."""

    tlp: str
    classification: str
    caveats: list[str] = field(default_factory=list)
    is_example: bool = False

    @property
    def caveat_labels(self) -> list[str]:
        """The caveats in words."""
        return [str(Caveat(caveat).label) for caveat in self.caveats]


def highest_of(marks: Sequence[tuple[str, str, Sequence[str]]]) -> PageMarking | None:
    """The highest of (TLP, classification, caveats); None where nothing is shown."""
    if not marks:
        return None
    tlps, classifications = ({mark[scale] for mark in marks} for scale in (0, 1))
    return PageMarking(
        tlp=next(each for each in reversed(TLP.values) if each in tlps),
        classification=next(
            each for each in reversed(Classification.values) if each in classifications
        ),
        caveats=sorted({caveat for mark in marks for caveat in mark[2]}),
    )


def marking_of(records: Iterable[Marked]) -> PageMarking | None:
    """The marking of a page that lists these records."""
    return highest_of([(each.tlp, each.classification, each.caveats) for each in records])
