"""Rules of the register, each a sentence beside the field it is about.

Forms ask here to say it kindly, actions ask here to refuse: one place for each rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications, lowered
from core.errors import RuleBroken
from incidents.choices import POINTED, TIMED, Precision
from incidents.details import (
    CountReport,
    EvidenceDetails,
    Figure,
    IncidentDetails,
    When,
    Wish,
)
from incidents.models import Incident
from places.choices import Level
from places.models import area_label


@dataclass(frozen=True)
class Broken:
    """One rule that is not kept: the field it is about and what to do."""

    field: str
    sentence: str | Promise


class DetailsRefused(RuleBroken):
    """What was said breaks rules of the register; each with its field."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__(" ".join(str(each.sentence) for each in broken))
        self.broken = tuple(broken)


def refuse(broken: Iterator[Broken]) -> None:
    """Raise DetailsRefused when any rule is broken."""
    found = list(broken)
    if found:
        raise DetailsRefused(found)


def broken_by_incident(details: IncidentDetails, *, by: User, at: datetime) -> Iterator[Broken]:
    """Every rule that the details of an incident break."""
    if not details.title.strip():
        yield Broken("title", _("Say in one line what happened."))
    yield from broken_by_when(details.when, at=at)
    yield from _broken_by_place(details)
    yield from _broken_by_point(details)
    yield from _broken_by_marking(details, by=by)


def broken_by_when(when: When, *, at: datetime) -> Iterator[Broken]:
    """A day unless it is not known, a time only where it is known, nothing in the future."""
    if when.precision == Precision.UNKNOWN:
        yield from _broken_by_unknown(when)
    elif when.on_date is None:
        yield Broken("on_date", _("Give the date, or say that it is not known."))
    yield from _broken_by_future(when, at=at)
    yield from _broken_by_range(when)
    yield from _broken_by_time(when)


def _broken_by_unknown(when: When) -> Iterator[Broken]:
    if when.on_date is not None:
        yield Broken("precision", _("You gave a date: say how exactly it is known."))


def _broken_by_future(when: When, *, at: datetime) -> Iterator[Broken]:
    now = localtime(at)
    today = now.date()
    if when.on_date and when.on_date > today:
        yield Broken("on_date", _("This date is in the future. Give the day it happened."))
    elif when.on_date == today and when.at_time and when.at_time > now.time():
        yield Broken("at_time", _("This time is in the future. Give the time it happened."))
    if when.until_date and when.until_date > today:
        yield Broken("until_date", _("This date is in the future."))


def _broken_by_range(when: When) -> Iterator[Broken]:
    if when.precision != Precision.RANGE:
        if when.until_date is not None:
            yield Broken(
                "until_date",
                _("Choose “between two days” if there is a last day, or leave it empty."),
            )
        return
    if when.until_date is None:
        yield Broken("until_date", _("Give the last day."))
    elif when.on_date and when.until_date < when.on_date:
        yield Broken("until_date", _("The end is before the start."))


def _broken_by_time(when: When) -> Iterator[Broken]:
    if when.precision in TIMED:
        if when.at_time is None:
            yield Broken("at_time", _("Give the time, or choose “the day, time not known”."))
    elif when.at_time is not None:
        yield Broken(
            "precision",
            _("You gave a time: choose “to the minute” or “about that time”."),
        )
    if when.until_time is not None and when.at_time is None:
        yield Broken("until_time", _("Give the time it began as well."))
    elif when.until_time and when.at_time and when.until_time < when.at_time:
        yield Broken(
            "until_time",
            _("The end is before the start. Past midnight, leave the end to the summary."),
        )


def _broken_by_place(details: IncidentDetails) -> Iterator[Broken]:
    district, tehsil = details.district, details.tehsil
    if district is None:
        if tehsil is not None:
            yield Broken("district", _("Choose the district of that tehsil."))
        return
    if district.level != Level.DISTRICT:
        yield Broken("district", _("Choose a district."))
    elif district.province != details.province:
        yield Broken(
            "district",
            gettext("%(district)s is not in %(province)s. Choose a district of that province.")
            % {"district": district.label, "province": area_label(details.province)},
        )
    if tehsil is not None and (tehsil.level, tehsil.parent_id) != (Level.TEHSIL, district.pk):
        yield Broken(
            "tehsil",
            gettext("%(tehsil)s is not in %(district)s. Choose a tehsil of that district.")
            % {"tehsil": tehsil.label, "district": district.label},
        )


def _broken_by_point(details: IncidentDetails) -> Iterator[Broken]:
    north, east = details.latitude, details.longitude
    if north is None and east is not None:
        yield Broken("latitude", _("Give the latitude as well, or leave both empty."))
    elif east is None and north is not None:
        yield Broken("longitude", _("Give the longitude as well, or leave both empty."))
    elif north is not None and not (15 <= north <= 45 and 50 <= (east or 0) <= 90):
        yield Broken(
            "latitude",
            _(
                "This point is far from Pakistan, whose latitudes are about 23 to 37 and"
                " longitudes about 60 to 78. Are the two exchanged?"
            ),
        )


def broken_by_new_point(details: IncidentDetails) -> Iterator[Broken]:
    """Whoever gives a point says how exactly it is known; nobody else may draw it as one."""
    if details.latitude is not None and details.place_precision not in POINTED:
        yield Broken(
            "place_precision",
            _("You gave a point: choose “the place itself” or “within about 25 km”."),
        )


def broken_by_evidence(
    details: EvidenceDetails, incident: Incident, *, by: User, at: datetime
) -> Iterator[Broken]:
    """A title, a day that has been, and a marking not below that of the incident."""
    if not details.title.strip():
        yield Broken("title", _("Say in one line what it is."))
    today = localtime(at).date()
    if details.taken_date and details.taken_date > today:
        yield Broken("taken_date", _("This date is in the future."))
    if details.taken_time and not details.taken_date:
        yield Broken("taken_date", _("Give the date as well."))
    tlp, incident_tlp = TLP(details.tlp), TLP(incident.tlp)
    if tlp.rank < incident_tlp.rank:
        yield Broken("tlp", _("A file goes no further than its incident: choose that or above."))
    elif tlp == TLP.RED != incident_tlp:
        yield Broken("tlp", _("Only an incident that is TLP:RED itself names people who may read."))
    if Classification(details.classification).rank < Classification(incident.classification).rank:
        yield Broken("classification", _("A file is marked at least as high as its incident."))
    else:
        yield from _broken_by_marking(details, by=by)


def broken_by_hand_over(
    to_whom: str, why: str, when: datetime, *, held_since: datetime, at: datetime
) -> Iterator[Broken]:
    """To somebody, for a reason, after it came into these hands and not in the future."""
    if not to_whom.strip():
        yield Broken("to_whom", _("Say who has it now, by post and agency."))
    if not why.strip():
        yield Broken("why", _("Say why it was handed over."))
    if when > at:
        yield Broken("on_date", _("This moment is in the future."))
    elif when < held_since:
        yield Broken("on_date", _("This is before it came into the hands it is in now."))


def _broken_by_marking(
    details: IncidentDetails | EvidenceDetails | Wish, *, by: User
) -> Iterator[Broken]:
    if details.classification not in allowed_classifications():
        yield Broken("classification", _("This deployment may not hold records of this class."))
    elif details.classification not in Classification.up_to(by.clearance):
        yield Broken(
            "classification",
            gettext("You are cleared to %(highest)s. Choose that or below.")
            % {"highest": Classification(by.clearance).label},
        )
    if details.tlp == TLP.CLEAR and details.classification != Classification.UNMARKED:
        yield Broken("classification", _("TLP:CLEAR is public; choose UNMARKED or a stricter TLP."))


def broken_by_change(details: IncidentDetails, incident: Incident) -> Iterator[Broken]:
    """One person marks higher; to mark lower takes two, and is asked for apart. A point that is
    moved says how exactly it is known."""
    if {"latitude", "longitude"} & set(details.changes(incident)):
        yield from broken_by_new_point(details)
    marking = {"tlp": details.tlp, "classification": details.classification}
    for scale in lowered(incident, **marking, caveats=details.caveats):
        yield Broken(
            scale,
            _(
                "This would let the record go further, which takes two people. Leave it as it is"
                " here, and ask for it on the page of the incident: “Ask to widen the marking”."
            ),
        )


def broken_by_wish(wish: Wish, incident: Incident, *, by: User) -> Iterator[Broken]:
    """A request lets the record go further somewhere, within what may be marked at all."""
    if not wish.reason.strip():
        yield Broken("reason", _("Say why it should go further."))
    marking = {"tlp": wish.tlp, "classification": wish.classification}
    if not lowered(incident, **marking, caveats=wish.caveats) and wish.reader_id is None:
        yield Broken("tlp", _("This lets it go no further than it may now."))
    if wish.reader_id is not None and wish.tlp != TLP.RED:
        yield Broken("email", _("A reader is named here only while the record stays TLP:RED."))
    yield from _broken_by_marking(wish, by=by)


def broken_by_report(report: CountReport, *, not_before: When, at: datetime) -> Iterator[Broken]:
    """Numbers that rise, said by somebody, on a day between the incident and today."""
    if not report.given:
        yield Broken("figures", _("Give at least one number."))
    for figure in report.given:
        yield from broken_by_figure(figure)
    if not report.said_by.strip():
        yield Broken("said_by", _("Say who gave these figures."))
    if report.as_of and report.as_of > localtime(at).date():
        yield Broken("as_of", _("This date is in the future."))
    first = not_before.columns()["on_date"]
    if report.as_of and first and report.as_of < first:
        yield Broken("as_of", _("This is before the incident."))


def broken_by_figure(figure: Figure) -> Iterator[Broken]:
    """Lowest, best and highest rise in that order and none is below zero."""
    said = [
        (name, number)
        for name in ("low", "best", "high")
        if (number := getattr(figure, name)) is not None
    ]
    for name, number in said:
        if number < 0:
            yield Broken(f"{figure.state}_{name}", _("A count cannot be below zero."))
    for (_lower, less), (upper, more) in pairwise(said):
        if less > more:
            yield Broken(
                f"{figure.state}_{upper}",
                _("Lowest, best and highest must rise in that order: %(less)d is above %(more)d.")
                % {"less": less, "more": more},
            )


class DisputeNeedsAccounts(RuleBroken):
    """One account is not a dispute."""


def require_accounts(said: Sequence[str]) -> None:
    """A dispute has at least two accounts that differ."""
    if len({each.strip().casefold() for each in said if each.strip()}) < 2:
        raise DisputeNeedsAccounts(_("Give at least two accounts that differ."))
