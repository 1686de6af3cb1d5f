"""Rules of what is added to an incident section by section, each a sentence beside its field."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from incidents.choices import Precision, YesNoUnknown
from incidents.choices.particulars import WeaponType
from incidents.details import When
from incidents.models import (
    Arrest,
    Attackers,
    Fir,
    ForensicExamination,
    Incident,
    Particular,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
    Weapon,
)
from incidents.rules import Broken, broken_by_when

FUTURE = _("This date is in the future.")
TOO_EARLY = _("This is before the incident.")


def broken_by_particular(said: Particular, incident: Incident, *, at: datetime) -> Iterator[Broken]:
    """Every rule that a detail of this incident breaks."""
    yield from _broken(said, Frame(incident, at))


@dataclass(frozen=True)
class Frame:
    """What a detail must fit: the incident before it, and now."""

    incident: Incident
    at: datetime


@singledispatch
def _broken(said: Particular, _frame: Frame) -> Iterator[Broken]:
    raise NotImplementedError(type(said))


@_broken.register
def _plan(_said: SecurityPlan, _frame: Frame) -> Iterator[Broken]:
    yield from ()


@_broken.register
def _alert(said: PriorAlert, frame: Frame) -> Iterator[Broken]:
    if not said.reference and not said.issued_by:
        yield Broken("reference", _("Give its number or reference, or say who issued it."))
    last = _last_day(frame.incident)
    if said.issued_date and last and said.issued_date > last:
        yield Broken("issued_date", _("This is after the incident: an alert comes before it."))
    else:
        yield from _future("issued_date", said.issued_date, frame)
    yield from _future("received_date", said.received_date, frame)
    if said.received_date and said.received != YesNoUnknown.YES:
        yield Broken("received", _("You gave the day it was received: choose “Yes”."))
    yield from _rising("received_date", said.issued_date, said.received_date)


@_broken.register
def _weapon(said: Weapon, _frame: Frame) -> Iterator[Broken]:
    charged = said.explosive or said.switch or said.charge_kg is not None
    if charged and said.kind != WeaponType.EXPLOSIVES:
        yield Broken("kind", _("You described an explosive: choose “Explosives”."))
    if said.charge_kg is not None and said.charge_kg <= 0:
        yield Broken("charge_kg", _("Give a weight above zero, or leave it empty."))
    yield from _number(said.number)


@_broken.register
def _attackers(said: Attackers, frame: Frame) -> Iterator[Broken]:
    yield from _number(said.number)
    yield from _after("as_of", said.as_of, frame)


@_broken.register
def _response(said: ResponseTime, frame: Frame) -> Iterator[Broken]:
    when = When(
        on_date=said.on_date,
        until_date=said.until_date,
        at_time=said.at_time,
        until_time=said.until_time,
        precision=said.precision,
    )
    yield from broken_by_when(when, at=frame.at)
    first = frame.incident.on_date
    if said.precision != Precision.MONTH and said.on_date and first and said.on_date < first:
        yield Broken("on_date", TOO_EARLY)


@_broken.register
def _fir(said: Fir, frame: Frame) -> Iterator[Broken]:
    if not said.number:
        yield Broken("number", _("Give the number of the FIR."))
    yield from _after("registered_date", said.registered_date, frame)


@_broken.register
def _arrest(said: Arrest, frame: Frame) -> Iterator[Broken]:
    yield from _number(said.number)
    yield from _after("arrested_date", said.arrested_date, frame)


@_broken.register
def _forensic(said: ForensicExamination, frame: Frame) -> Iterator[Broken]:
    if not said.what:
        yield Broken("what", _("Say what is examined."))
    yield from _after("sent_date", said.sent_date, frame)
    yield from _rising("due_date", said.sent_date, said.due_date)
    yield from _future("received_date", said.received_date, frame)
    yield from _rising("received_date", said.sent_date, said.received_date)


def _future(field: str, day: date | None, frame: Frame) -> Iterator[Broken]:
    if day and day > localtime(frame.at).date():
        yield Broken(field, FUTURE)


def _after(field: str, day: date | None, frame: Frame) -> Iterator[Broken]:
    """Between the incident and today."""
    yield from _future(field, day, frame)
    first = frame.incident.on_date
    if day and first and day < first:
        yield Broken(field, TOO_EARLY)


def _rising(field: str, earlier: date | None, later: date | None) -> Iterator[Broken]:
    if earlier and later and later < earlier:
        yield Broken(field, _("The end is before the start."))


def _number(number: int | None) -> Iterator[Broken]:
    if number is not None and number < 1:
        yield Broken("number", _("Give a number above zero, or leave it empty if not known."))


def _last_day(incident: Incident) -> date | None:
    """The latest day on which the incident may have been."""
    day = incident.on_date
    if day and incident.precision == Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return incident.until_date or day
