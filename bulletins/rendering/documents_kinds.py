"""What a flash, a drill card and an action notice hold; and which document each kind is."""

from dataclasses import dataclass
from datetime import date

from bulletins.choices import BulletinKind
from bulletins.rendering.documents import (
    ActionLine,
    BriefDocument,
    BulletinDocument,
    CountRow,
    Mark,
    SourceLine,
)


@dataclass(frozen=True)
class Basis:
    """What a product rests on: the number of a record and what it is called."""

    reference: str
    title: str


@dataclass(frozen=True)
class StepLine:
    """What one post does on the first shot."""

    post: str
    text: str


@dataclass(frozen=True)
class FlashDocument:
    """One page within the hour: what is known, what is not, what to do, when more comes."""

    number: str
    edition: int
    language: str
    title: str
    bottom_line: str
    audience: str
    agency: str
    mark: Mark
    issued_on: date
    # The clock of the deployment when it was issued, `09:00`; grows old by the hour.
    issued_clock: str
    about: Basis
    when: str
    place: str
    known: str
    next_word: str
    counts: tuple[CountRow, ...] = ()
    # Counts before those, which stand in the register.
    earlier_counts: int = 0
    unknown: tuple[str, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    is_example: bool = False
    seal: str = ""
    # What a further edition says otherwise than the one before.
    change_note: str = ""
    product: str = BulletinKind.FLASH.value


@dataclass(frozen=True)
class DrillDocument:
    """One side of A5: who does what on the first shot, and the log of drills."""

    number: str
    edition: int
    language: str
    title: str
    bottom_line: str
    audience: str
    agency: str
    mark: Mark
    issued_on: date
    closed_when: str
    steps: tuple[StepLine, ...]
    rests_on: tuple[Basis, ...] = ()
    is_example: bool = False
    seal: str = ""
    # What a further edition says otherwise than the one before.
    change_note: str = ""
    product: str = BulletinKind.DRILL.value


@dataclass(frozen=True)
class NoticeDocument:
    """A numbered notice: for action or for information, who answers for it, by when."""

    number: str
    edition: int
    language: str
    title: str
    bottom_line: str
    audience: str
    agency: str
    mark: Mark
    issued_on: date
    # ACTION or INFORMATION.
    purpose: str
    owner_post: str = ""
    report_by: date | None = None
    actions: tuple[ActionLine, ...] = ()
    rests_on: tuple[Basis, ...] = ()
    is_example: bool = False
    seal: str = ""
    # What a further edition says otherwise than the one before.
    change_note: str = ""
    product: str = BulletinKind.NOTICE.value


ProductDocument = BulletinDocument | FlashDocument | DrillDocument | NoticeDocument
Document = ProductDocument | BriefDocument
KINDS: dict[str, type[ProductDocument]] = {
    BulletinKind.LESSONS: BulletinDocument,
    BulletinKind.FLASH: FlashDocument,
    BulletinKind.DRILL: DrillDocument,
    BulletinKind.NOTICE: NoticeDocument,
}
# The template that prints each, under templates/bulletins/pdf/.
TEMPLATES: dict[type[Document], str] = {
    BulletinDocument: "bulletin",
    FlashDocument: "flash",
    DrillDocument: "card",
    NoticeDocument: "notice",
    BriefDocument: "brief",
}
