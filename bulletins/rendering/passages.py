"""The sections of a frozen version of a review, as a document holds them."""

from dataclasses import dataclass

# A part with no more lines and letters than these stays on one page.
SHORT_LINES, SHORT_LETTERS = 12, 900


@dataclass(frozen=True)
class SaidLine:
    """One thing that a part of a frozen version says."""

    label: str
    text: str


@dataclass(frozen=True)
class PartBlock:
    """The header, a narrative or a line of a frozen version."""

    heading: str
    lines: tuple[SaidLine, ...]

    @property
    def is_short(self) -> bool:
        """Whether it stays on one page."""
        letters = sum(len(each.label) + len(each.text) for each in self.lines)
        return len(self.lines) <= SHORT_LINES and letters <= SHORT_LETTERS


@dataclass(frozen=True)
class PassageBlock:
    """A section of a frozen version, whole."""

    title: str
    parts: tuple[PartBlock, ...]
