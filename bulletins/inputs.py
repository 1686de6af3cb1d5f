"""What people hand in, as plain values: forms and the API make them, actions take them."""

from dataclasses import dataclass
from datetime import date, datetime

from agencies.choices import TLP, Classification
from bulletins.choices import Ask, Language


@dataclass(frozen=True)
class BulletinText:
    """What an editor writes of a bulletin."""

    title: str
    bottom_line: str
    audience: str
    actions: str = ""
    act_by: date | None = None
    language: str = Language.ENGLISH
    tlp: str = TLP.AMBER
    classification: str = Classification.RESTRICTED
    caveats: tuple[str, ...] = ()


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
