"""Words on a drawing that never lie over each other."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

Anchor = Literal["start", "middle", "end"]
# Of letters 12 px high: their width, and the height of a line.
LETTER, LINE = 6.9, 14.0
BAND = 40.0
Box = tuple[float, float, float, float]


def width_of(words: str) -> float:
    """About how wide the words are, in px."""
    return LETTER * len(words)


class Labels:
    """What of the paper is taken already."""

    def __init__(self, left: float, right: float) -> None:
        self.left, self.right = left, right
        self._taken: dict[int, list[Box]] = defaultdict(list)

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep a box free of words."""
        box = (left, top, right, bottom)
        for band in range(int(top // BAND), int(bottom // BAND) + 1):
            self._taken[band].append(box)

    def place(
        self, words: str, wanted: Iterable[tuple[float, float, Anchor]]
    ) -> tuple[float, float, Anchor] | None:
        """The first wanted place (x, foot of the letters, anchor) that is free, now taken."""
        width = width_of(words)
        for x, y, anchor in wanted:
            left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            box = (left, y - LINE + 3, left + width, y + 3)
            if box[0] >= self.left and box[2] <= self.right and self._is_free(box):
                self.take(*box)
                return x, y, anchor
        return None

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for band in range(int(top // BAND), int(bottom // BAND) + 1)
            for other in self._taken[band]
        )
