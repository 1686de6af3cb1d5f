"""What a hot debrief says, as one value: typed on one page, in a file, or saved already."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any
from zlib import crc32

from incidents.choices import Precision
from reviews.rules import HOT_DEBRIEF_FINDINGS

# Lines of the page: findings, and needs that one post is asked to meet.
FINDING_LINES = HOT_DEBRIEF_FINDINGS
ASKED_LINES = 3
# The four questions, by the section that keeps each answer.
QUESTIONS = {"planned": "B", "happened": "D", "why": "E", "next": "F"}
IN_WORDS = ("conditions", "actions", "needs")


@dataclass(frozen=True)
class FindingLine:
    """A finding in one sentence; an empty sentence is a line that nobody wrote."""

    title: str = ""
    kind: str = ""
    phase: str = ""


@dataclass(frozen=True)
class AskedLine:
    """What one post is asked to do by a day."""

    text: str = ""
    owner_post: str = ""
    due_date: date | None = None


@dataclass(frozen=True)
class Debrief:
    """All answers of the one page. A line emptied between others takes out what stood there."""

    conditions: str = ""
    actions: str = ""
    needs: str = ""
    on_date: date | None = None
    at_time: time | None = None
    until_time: time | None = None
    precision: str = Precision.UNKNOWN
    planned: str = ""
    happened: str = ""
    why: str = ""
    next: str = ""
    no_finding: bool = False
    findings: tuple[FindingLine, ...] = ()
    asked: tuple[AskedLine, ...] = ()

    @property
    def fingerprint(self) -> int:
        """A number that differs where the words do: which version a page was read at."""
        words = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return crc32(words.encode())

    @property
    def is_blank(self) -> bool:
        """Nothing was written yet; when it happened does not count, for it is filled in."""
        words = (*(getattr(self, name) for name in (*IN_WORDS, *QUESTIONS)),)
        return not (any(words) or self.findings or self.asked or self.no_finding)

    def compact(self) -> "Debrief":
        """The same without its empty lines, as it reads once it is saved."""
        return replace(
            self,
            findings=tuple(each for each in self.findings if each.title),
            asked=tuple(each for each in self.asked if each.text),
        )

    def moment(self) -> dict[str, Any]:
        """When it happened, by the columns that hold it."""
        return {
            "on_date": self.on_date,
            "at_time": self.at_time,
            "until_time": self.until_time,
            "precision": str(self.precision),
        }

    def own(self) -> dict[str, Any]:
        """What stands in the debrief's own row; the rest has its place in the ten sections."""
        words = {name: getattr(self, name) for name in IN_WORDS}
        return {**words, "no_finding": self.no_finding, **self.moment()}
