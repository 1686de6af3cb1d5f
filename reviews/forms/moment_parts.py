"""A moment of a line: a day, a clock time as people type it, a last day; and back again."""

from datetime import date, time, timedelta

from incidents.choices import Precision
from incidents.models.moments import Moment
from reviews.forms.fields import ClockTime


def clock_of(row: Moment) -> ClockTime:
    """As it would be typed again."""
    return ClockTime(
        row.at_time or time(),
        row.until_time,
        is_about=row.precision == Precision.ABOUT,
        has_seconds=row.precision == Precision.SECOND,
        is_hour=row.precision == Precision.HOUR and row.until_time is None,
    )


def last_day(clock: ClockTime | None, day: date | None, until: date | None) -> date | None:
    """The day it ended, where that is another; of a range of days, its last."""
    if clock is None:
        return until
    if clock.end is None or day is None:
        return None
    if until is not None and until > day:
        return until
    return day + timedelta(days=1) if clock.ends_next_day else None


def precision_of(
    clock: ClockTime | None, chosen: str, *, day: date | None, until: date | None
) -> str:
    """How exactly it is known, from what was typed and what was chosen."""
    if chosen and not (clock and clock.is_about):
        return chosen
    if clock is None:
        if day is None:
            return Precision.UNKNOWN
        return Precision.RANGE if until else Precision.DAY
    if clock.is_about or (clock.end and not clock.has_seconds):
        return Precision.ABOUT
    if clock.is_hour:
        return Precision.HOUR
    return Precision.SECOND if clock.has_seconds else Precision.MINUTE
