"""The details of one incident, section by section, as its page shows them: two queries at most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from core.text import isolated
from incidents.choices import Precision
from incidents.choices.particulars import DetailSection, Fate, ResponseStep
from incidents.models import Attackers, Incident, Particular, ResponseTime
from incidents.models.sources import Source
from incidents.selectors.detail_words import Said, in_words, text_list

HOUR = 60


@dataclass(frozen=True)
class Line:
    """One detail on the page."""

    number: int
    said: Said
    note: str
    source: Source | None


@dataclass(frozen=True)
class Shown:
    """A section that holds something."""

    section: DetailSection
    lines: list[Line]
    # What all its lines say together.
    lead: str = ""

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return self.section.lower()


@dataclass(frozen=True)
class Replaced:
    """A detail that was corrected or withdrawn, by whom and why."""

    words: str
    by: str
    at: datetime
    because: str


def particulars_of(incident: Incident) -> list[Particular]:
    """Every detail with its source and with who replaced it; most incidents have none."""
    there = set(incident.particulars.values_list("section", flat=True))
    if not there:
        return []
    return list(incident.particulars.whole(there).select_related("source", "replaced_by"))


def sections(rows: Iterable[Particular]) -> list[Shown]:
    """Those that stand, in their sections."""
    standing = [row.own for row in rows if row.replaced_at is None]
    alert = _alerted(standing)
    shown = []
    for section in DetailSection:
        own = sorted((row for row in standing if row.section == section), key=_place)
        if own:
            lines = [_line(row, alert) for row in own]
            shown.append(Shown(section, lines, _lead(own)))
    return shown


def replaced(rows: Iterable[Particular]) -> list[Replaced]:
    """Those that a later one corrected, or that were withdrawn, the latest first."""
    gone = [row for row in rows if row.replaced_at is not None]
    return [
        Replaced(
            words=_whole_words(row),
            by=row.replaced_by.post if row.replaced_by else "",
            at=row.replaced_at,
            because=row.withdrawn_because,
        )
        for row in sorted(gone, key=lambda row: (row.replaced_at, row.pk), reverse=True)
        if row.replaced_at is not None
    ]


def line_of(row: Particular) -> Line:
    """One detail in words."""
    return _line(row.own, None)


def _line(own: Particular, alert: datetime | None) -> Line:
    said = in_words(own)
    if isinstance(own, ResponseTime) and own.step != ResponseStep.ALERT:
        moment = _exact(own)
        if moment and alert:
            said.more.append(_interval(alert, moment))
    return Line(number=own.pk, said=said, note=own.note, source=own.source)


def _whole_words(row: Particular) -> str:
    said = in_words(row.own)
    label = DetailSection(row.section).label
    return text_list([f"{label}: {said.words}", *said.more, isolated(row.note) if row.note else ""])


def _exact(own: ResponseTime) -> datetime | None:
    """The moment, only where it is known to the minute."""
    if own.precision != Precision.MINUTE or own.on_date is None or own.at_time is None:
        return None
    return datetime.combine(own.on_date, own.at_time)


def _alerted(rows: Iterable[Particular]) -> datetime | None:
    """The first alert that is known to the minute."""
    alerts = (
        _exact(row)
        for row in rows
        if isinstance(row, ResponseTime) and row.step == ResponseStep.ALERT
    )
    return min(filter(None, alerts), default=None)


def _interval(alert: datetime, moment: datetime) -> str:
    minutes = round((moment - alert).total_seconds() / 60)
    size = abs(minutes)
    if size < HOUR:
        long = ngettext("%(n)d minute", "%(n)d minutes", size) % {"n": size}
    else:
        parts = {"hours": size // HOUR, "minutes": size % HOUR}
        long = gettext("%(hours)d h %(minutes)d min") % parts
    sentence = gettext("%(long)s after the alert")
    if minutes < 0:
        sentence = gettext("%(long)s before the alert")
    return sentence % {"long": long}


def _place(row: Particular) -> Any:
    """Fates and steps in the order of their lists, all else as it was recorded."""
    if isinstance(row, Attackers):
        return (Fate.values.index(row.fate), row.pk)
    if isinstance(row, ResponseTime):
        return (ResponseStep.values.index(row.step), row.pk)
    return (0, row.pk)


def _lead(rows: Sequence[Particular]) -> str:
    """How many attackers in all, where each number is known; how intervals are worked out."""
    if isinstance(rows[0], ResponseTime):
        return gettext("How long it took is given only where both times are known to the minute.")
    numbers = [row.number for row in rows if isinstance(row, Attackers)]
    known = [number for number in numbers if number is not None]
    if len(known) < 2 or len(known) < len(numbers):
        return ""
    return gettext("%(n)d in all.") % {"n": sum(known)}
