"""When an incident happened, as the Incident Extension Suite writes it: a timestamp never stands
without how exactly it is meant, so a day is not midnight and a month not its first day."""

from datetime import date, datetime, time

from django.utils import timezone

from incidents.choices import Precision
from incidents.selectors.exports.stix_own import stamp
from incidents.selectors.exports.stix_published import Made


def event_times(row: Made) -> Made:
    """Start and end with their fidelity; nothing where no day is known.

    A timestamp of fidelity `day` names the day that begins with it, in Pakistan. "About" half past
    two may be before it, which no fidelity but the day's allows to be said.
    """
    day = row["date"]
    match row["precision"]:
        case Precision.MINUTE:
            return _at("start", day, row["time"], "minute")
        case Precision.DAY | Precision.ABOUT:
            return _at("start", day, time(), "day")
        case Precision.MONTH:
            return _at("start", day.replace(day=1), time(), "month")
        case Precision.RANGE:
            until = row["until"]
            last = _at("end", until, time(), "day") if until > day else {}
            return _at("start", day, time(), "day") | last
        case _:
            return {}


def _at(end: str, day: date, clock: time, fidelity: str) -> Made:
    moment = datetime.combine(day, clock, timezone.get_default_timezone())
    return {f"{end}_time": stamp(moment), f"{end}_time_fidelity": fidelity}


def known_time(row: Made) -> Made:
    """The same for people: the day as far as it is known, and the clock where one was recorded."""
    day, precision = row["date"], row["precision"]
    said: Made = {"precision": precision.lower()}
    if precision == Precision.UNKNOWN or day is None:
        return said
    said["date"] = day.isoformat()[:7] if precision == Precision.MONTH else day.isoformat()
    if row["until"] is not None:
        said["until"] = row["until"].isoformat()
    if row["time"] is not None:
        said["time"] = row["time"].isoformat("minutes" if not row["time"].second else "seconds")
    return said
