"""What a bulletin and a brief hold: plain and frozen; `records.py` takes them to JSON and back."""

from dataclasses import dataclass, field
from datetime import date

from bulletins.rendering.later import LATER
from bulletins.rendering.passages import PassageBlock
from reviews.lanes import Lanes

# Accounts up to this many letters are set in one line.
TERSE = 14


@dataclass(frozen=True)
class Mark:
    """The marking of the document, top and bottom of each page."""

    tlp: str
    classification: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cite:
    """A source by its number in the annex, with the grade of what it says."""

    number: int
    grade: str = ""


@dataclass(frozen=True)
class SourceLine:
    """One source of the annex."""

    number: int
    title: str
    published: str = ""
    grade: str = ""


@dataclass(frozen=True)
class ActionLine:
    """One thing to do, by when."""

    number: int
    text: str
    by: date | None = None
    owner: str = ""


@dataclass(frozen=True)
class FindingLine:
    """A finding as it stands in its review."""

    label: str
    kind: str
    title: str
    happened: str = ""
    evidence: str = ""
    grade: str = ""
    origin: str = ""
    # From the incident to the publication of the review it comes from, or so far.
    days: int | None = None


@dataclass(frozen=True)
class RecommendationLine:
    """What one post is to do, and how it will be seen that it is done."""

    label: str
    text: str
    owner: str
    due: date | None = None
    closed_when: str = ""
    status: str = ""
    answers: str = ""


@dataclass(frozen=True)
class LessonBlock:
    """One lesson with the findings it rests on."""

    number: int
    reference: str
    title: str
    kind: str
    state: str
    observation: str
    recommendation: str
    discussion: str = ""
    conclusion: str = ""
    findings: tuple[FindingLine, ...] = ()
    incidents: tuple[str, ...] = ()
    # Findings that carry a higher marking than the bulletin, or belong to another agency.
    held_back: int = 0


@dataclass(frozen=True)
class Tally:
    """The reports of one casualty state: how far they reach, who said least and most."""

    state: str
    words: str
    reports: int
    low: Cite | None = None
    high: Cite | None = None


@dataclass(frozen=True)
class Account:
    """One version of a disputed fact."""

    said: str
    cite: Cite | None = None


@dataclass(frozen=True)
class Dispute:
    """A fact on which accounts differ; all of them are printed."""

    name: str
    accounts: tuple[Account, ...]
    why: str = ""
    settled: str = ""

    @property
    def is_terse(self) -> bool:
        """Figures that can stand in one line."""
        return all(len(each.said) <= TERSE for each in self.accounts)


@dataclass(frozen=True)
class IncidentBlock:
    """An incident that lessons come from."""

    reference: str
    title: str
    when: str
    place: str
    summary: str = ""
    tallies: tuple[Tally, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    unknowns: tuple[str, ...] = ()
    # The day of the Hijri calendar in words, and the smallest area with a shape: number and name.
    hijri: str = field(default="", metadata=LATER)
    area: str = field(default="", metadata=LATER)
    area_name: str = field(default="", metadata=LATER)
    # The published counts in order of appearance, and who acted when on the day of most deeds.
    counts: "tuple[CountRow, ...]" = field(default=(), metadata=LATER)
    lanes: tuple[Lanes, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class DissentLine:
    """A comment or dissent, whole, in its own words."""

    agency: str
    kind: str
    about: str
    text: str
    origin: str = ""
    # What was answered to it, in order, each with its post and day.
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class BulletinDocument:
    """A lessons bulletin, whole."""

    number: str
    edition: int
    language: str
    title: str
    bottom_line: str
    audience: str
    agency: str
    mark: Mark
    issued_on: date
    actions: tuple[ActionLine, ...] = ()
    lessons: tuple[LessonBlock, ...] = ()
    incidents: tuple[IncidentBlock, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()
    dissents: tuple[DissentLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    is_example: bool = False
    # The newest seal of the record of deeds when it was frozen, in short.
    seal: str = ""
    # What a further edition says otherwise than the one before.
    change_note: str = field(default="", metadata=LATER)
    # The same in Urdu, where one document holds both languages.
    urdu: "BulletinDocument | None" = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class CountRow:
    """One report of killed and injured, as published."""

    day: date | None
    day_text: str
    killed: str
    injured: str
    said_by: str
    cite: Cite | None = None
    # What the chart draws; None where this report says nothing of the killed.
    figure: int | None = None
    is_open_ended: bool = False


@dataclass(frozen=True)
class LogLine:
    """One thing that happened."""

    when: str
    text: str
    who: str = ""
    cite: Cite | None = None
    grade: str = ""


@dataclass(frozen=True)
class FactLine:
    """One reported fact and what it rests on."""

    topic: str
    text: str
    basis: str
    cite: Cite | None = None


@dataclass(frozen=True)
class MeasureLine:
    """A measure that was called for, and whether it was there."""

    text: str
    laid_down_in: str
    in_place: str
    rating: str = ""


@dataclass(frozen=True)
class Glance:
    """One line of the facts at a glance; an empty value prints as not known."""

    label: str
    value: str
    cite: Cite | None = None


@dataclass(frozen=True)
class BriefDocument:
    """A brief of one incident or one review, whole."""

    number: str
    kind: str
    language: str
    title: str
    stand: str
    agency: str
    subject: str
    mark: Mark
    printed_on: date
    glance: tuple[Glance, ...] = ()
    summary: str = ""
    counts: tuple[CountRow, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    log: tuple[LogLine, ...] = ()
    # Who acted when: the days on which there are clock times to compare.
    lanes: tuple[Lanes, ...] = field(default=(), metadata=LATER)
    disputes: tuple[Dispute, ...] = ()
    facts: tuple[FactLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()
    dissents: tuple[DissentLine, ...] = ()
    unknowns: tuple[str, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    is_example: bool = False
    # The newest seal of the record of deeds when it was frozen, in short.
    seal: str = ""
    # A frozen version of a review, section by section.
    passages: tuple[PassageBlock, ...] = field(default=(), metadata=LATER)
    # Lines of a review as it stands: sections A to C before what happened, G and H after what next.
    before: tuple[PassageBlock, ...] = ()
    after: tuple[PassageBlock, ...] = ()
    # The same in Urdu, where one document holds both languages.
    urdu: "BriefDocument | None" = field(default=None, metadata=LATER)
