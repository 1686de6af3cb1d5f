"""Moments as JSON holds them; empty where nobody knows."""

from datetime import date, datetime, time

from django.utils import timezone

from incidents.models.moments import Moment


def at_text(moment: datetime | None) -> str:
    """A moment in Pakistan time, ISO 8601."""
    return timezone.localtime(moment).isoformat() if moment else ""


def day_text(day: date | None) -> str:
    """A day, ISO 8601."""
    return day.isoformat() if day else ""


def clock_text(at: time | None) -> str:
    """Hours and minutes, and seconds where they were given."""
    if at is None:
        return ""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def moment_data(row: Moment) -> dict[str, str]:
    """When, as exactly as it is known."""
    return {
        "date": day_text(row.on_date),
        "until_date": day_text(row.until_date),
        "time": clock_text(row.at_time),
        "until_time": clock_text(row.until_time),
        "precision": row.precision,
    }
