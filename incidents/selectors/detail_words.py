"""One detail of an incident in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext, ngettext

from core import text
from core.text import isolated
from incidents.choices import TIMED, Precision, YesNoUnknown
from incidents.choices.particulars import Fate, ResponseStep
from incidents.models import (
    Arrest,
    Attackers,
    Fir,
    ForensicExamination,
    Particular,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
    Weapon,
)
from incidents.models.moments import Moment


@dataclass(frozen=True)
class Said:
    """A detail in words: what it says first, then what is said of it."""

    words: str
    more: list[str] = field(default_factory=list)
    due: date | None = None
    done: date | None = None


def text_list(parts: Iterable[str]) -> str:
    """Words with a comma of the page's language between them."""
    return ("، " if text.language() == "ur" else ", ").join(filter(None, parts))


@singledispatch
def in_words(own: Particular) -> Said:
    """What a detail says."""
    raise NotImplementedError(type(own))


@in_words.register
def _alert(own: PriorAlert) -> Said:
    words = text_list(isolated(each) for each in (own.reference, own.issued_by) if each)
    received = {
        YesNoUnknown.YES: gettext("received"),
        YesNoUnknown.NO: gettext("not received"),
        YesNoUnknown.UNKNOWN: gettext("not known whether it was received"),
    }[YesNoUnknown(own.received)]
    if own.received_date:
        received = gettext("received on %(day)s") % {"day": text.short_date(own.received_date)}
    done = gettext("Done with it: %(what)s") % {"what": isolated(own.done)} if own.done else ""
    if not own.done:
        done = gettext("What was done with it is not recorded.")
    return Said(words, [*_on(gettext("issued on %(day)s"), own.issued_date), received, done])


@in_words.register
def _plan(own: SecurityPlan) -> Said:
    words = {
        YesNoUnknown.YES: gettext("A plan was in force"),
        YesNoUnknown.NO: gettext("No plan was in force"),
        YesNoUnknown.UNKNOWN: gettext("Not known whether a plan was in force"),
    }[YesNoUnknown(own.in_force)]
    return Said(words, [isolated(own.what)] if own.what else [])


@in_words.register
def _weapon(own: Weapon) -> Said:
    kind = str(_label(own, "kind"))
    words = f"{isolated(str(own.number))} × {kind}" if own.number else kind
    more = [str(_label(own, name)) for name in ("explosive", "switch") if getattr(own, name)]
    if own.charge_kg is not None:
        more.append(
            gettext("charge %(kg)s kg") % {"kg": isolated(f"{own.charge_kg.normalize():f}")}
        )
    return Said(words, more)


@in_words.register
def _attackers(own: Attackers) -> Said:
    words = f"{Fate(own.fate).label}: {_many(own.number)}"
    return Said(words, _on(gettext("as of %(day)s"), own.as_of))


@in_words.register
def _response(own: ResponseTime) -> Said:
    words = f"{ResponseStep(own.step).label}: {_moment(own)}"
    return Said(words, [isolated(own.unit)] if own.unit else [])


@in_words.register
def _fir(own: Fir) -> Said:
    more = [*_on(gettext("registered on %(day)s"), own.registered_date)]
    if own.police_station:
        station = {"station": isolated(own.police_station)}
        more.insert(0, gettext("Police station %(station)s") % station)
    return Said(isolated(own.number), [*more, *([isolated(own.law)] if own.law else [])])


@in_words.register
def _arrest(own: Arrest) -> Said:
    words = gettext("Arrested, number not known")
    if own.number:
        words = ngettext("%(n)d arrested", "%(n)d arrested", own.number) % {"n": own.number}
    more = _on(gettext("on %(day)s"), own.arrested_date)
    return Said(words, [*more, *([isolated(own.law)] if own.law else [])])


@in_words.register
def _forensic(own: ForensicExamination) -> Said:
    more = [isolated(own.laboratory)] if own.laboratory else []
    more += _on(gettext("sent on %(day)s"), own.sent_date)
    more += _on(gettext("due on %(day)s"), own.due_date)
    more += _on(gettext("report received on %(day)s"), own.received_date)
    waits = own.due_date if own.received_date is None else None
    return Said(isolated(own.what), more, due=waits, done=own.received_date)


def _on(sentence: str, day: date | None) -> list[str]:
    return [sentence % {"day": text.short_date(day)}] if day else []


def _many(number: int | None) -> str:
    return gettext("number not known") if number is None else str(number)


def _label(own: Any, name: str) -> Any:
    return getattr(own, f"get_{name}_display")()


def _moment(moment: Moment) -> str:
    """`29 Sep 2023, 11:40`, `29 Sep 2023, about 11:40`, `Sep 2023`, as far as it is known."""
    if moment.on_date is None:
        return gettext("time not known")
    day = text.day_digits(moment.on_date, moment.precision)
    if moment.precision == Precision.RANGE and moment.until_date:
        return f"{day} – {text.short_date(moment.until_date)}"
    if moment.precision not in TIMED or moment.at_time is None:
        return day
    clock = f"{moment.at_time:%H:%M}"
    if moment.until_time:
        clock = f"{clock}–{moment.until_time:%H:%M}"
    clock = isolated(clock)
    if moment.precision == Precision.ABOUT:
        clock = gettext("about %(time)s") % {"time": clock}
    return text_list([day, clock])
