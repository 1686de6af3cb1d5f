"""What people hand in, as plain values: forms and the API make them, actions take them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agencies.choices import TLP, Classification
from bulletins.choices import Ask, Language


@dataclass(frozen=True)
class BulletinText:
    """What an editor writes of a product; each kind has words that the others leave empty."""

    title: str
    bottom_line: str
    audience: str
    actions: str = ""
    act_by: date | None = None
    language: str = Language.ENGLISH
    tlp: str = TLP.AMBER
    classification: str = Classification.RESTRICTED
    caveats: tuple[str, ...] = ()
    # Flash: what is known, one unknown a line, when the next word comes.
    known: str = ""
    unknown: str = ""
    next_word: str = ""
    # Drill card: one post a line with a colon after it; when it counts as practised.
    steps: str = ""
    closed_when: str = ""
    # Action notice.
    purpose: str = ""
    owner_post: str = ""
    report_by: date | None = None


@dataclass(frozen=True)
class Asked:
    """What is asked of the recipient, by when."""

    ask: str = Ask.READ
    acknowledge_by: datetime | None = None
    act_by: date | None = None


@dataclass(frozen=True)
class Deed:
    """What was done, on which day, and what shows it."""

    text: str
    on_date: date
    evidence: str = ""


@dataclass(frozen=True)
class Briefing:
    """How many units were briefed, of how many; which and on which day, where it is known."""

    units: int
    of_units: int
    names: tuple[str, ...] = ()
    on_date: date | None = None


class Seal(StrEnum):
    """How the signature of this deployment stands in a file; of several the first here counts."""

    WHOLE = "whole"
    BROKEN = "broken"
    NONE = "none"
    # The deployment trusts no certificate, so none was looked for.
    UNASKED = "unasked"


@dataclass(frozen=True)
class Examined:
    """SHA-256 of a file; its seal; number and SHA-256 of the record it carries, if any."""

    digest: str
    seal: Seal = Seal.NONE
    number: str = ""
    record: str = ""


@dataclass(frozen=True)
class ExportWish:
    """What somebody wants in one file: documents of what, by which filters, in which language."""

    subject: str
    query: str = ""
    language: str = Language.ENGLISH
    # The form it was asked on; blank where there was none.
    origin: str = ""
