"""What a hot debrief says, as one value: typed on one page, in a file, or saved already."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, time
from typing import Any

from incidents.choices import Precision
from reviews.rules import HOT_DEBRIEF_FINDINGS

# Lines of the page: findings, and needs that one post is asked to meet.
FINDING_LINES = HOT_DEBRIEF_FINDINGS
ASKED_LINES = 3
# The four questions, by the section that keeps each answer.
QUESTIONS = {"planned": "B", "happened": "D", "why": "E", "next": "F"}
IN_WORDS = ("conditions", "actions", "needs")


@dataclass(frozen=True)
class Line:
    """A line of the page. `row`: the number of the line that is saved, 0 for one that is not."""

    row: int = field(default=0, compare=False, kw_only=True)

    @property
    def words(self) -> str:
        """Without any, it is a line that nobody wrote, or that somebody emptied."""
        raise NotImplementedError

    def answers(self) -> dict[str, Any]:
        """What it says, box by box."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.compare}


@dataclass(frozen=True)
class FindingLine(Line):
    """A finding in one sentence."""

    title: str = ""
    kind: str = ""
    phase: str = ""

    @property
    def words(self) -> str:
        """The sentence."""
        return self.title


@dataclass(frozen=True)
class AskedLine(Line):
    """What one post is asked to do by a day."""

    text: str = ""
    owner_post: str = ""
    due_date: date | None = None

    @property
    def words(self) -> str:
        """What is asked."""
        return self.text


@dataclass(frozen=True)
class Debrief:
    """All answers of the one page, each line at its place; an emptied one takes out what stood
    there."""

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
    def is_blank(self) -> bool:
        """Nothing was written yet; when it happened does not count, for it is filled in."""
        words = (*(getattr(self, name) for name in (*IN_WORDS, *QUESTIONS)),)
        return not (any(words) or self.findings or self.asked or self.no_finding)

    def compact(self) -> "Debrief":
        """The same without its empty lines, as it reads once it is saved."""
        return replace(
            self,
            findings=tuple(each for each in self.findings if each.words),
            asked=tuple(each for each in self.asked if each.words),
        )

    def boxes(self) -> dict[str, Any]:
        """All that it says outside its lines; when it happened is one answer."""
        words = {name: getattr(self, name) for name in (*IN_WORDS, *QUESTIONS, "no_finding")}
        return {**words, "moment": self.moment()}

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

    def told(self) -> str:
        """All of it as text, the numbers of its lines with it."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_told(cls, text: str) -> "Debrief":
        """What `told` wrote."""
        said = json.loads(text)
        for name, read in (("on_date", date), ("at_time", time), ("until_time", time)):
            said[name] = read.fromisoformat(said[name]) if said[name] else None
        said["findings"] = tuple(FindingLine(**each) for each in said["findings"])
        said["asked"] = tuple(
            AskedLine(**{**each, "due_date": each["due_date"] and _day(each["due_date"])})
            for each in said["asked"]
        )
        return cls(**said)


def _day(text: str) -> date:
    return date.fromisoformat(text)
