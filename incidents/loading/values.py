"""Cells of a row as numbers, days and words. Whatever is not plain is refused, never guessed."""

import re
from calendar import monthrange
from datetime import date, datetime

from django.utils.translation import gettext as _

from incidents.choices import Precision
from incidents.details import When
from incidents.loading.drafts import RowRefused
from incidents.loading.rows import Row

# What data sets write where they know nothing.
NOTHING = frozenset(
    {"", "-9", "-99", "-9.0", "-99.0", "na", "n/a", "nan", "null", "none", "unknown"}
)
# Day first: 29/09/2023 is the 29th of September in Pakistan.
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d.%m.%Y")
SLASHED = ("%d/%m/%Y", "%d-%m-%Y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y")
# As data sets write days, and much faster to read than by a pattern of days.
ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
HERE = "Pakistan"
MOST_PEOPLE = 100_000
LAST_OF_DAYS, DECEMBER = 31, 12


def word(row: Row, column: str) -> str:
    """The cell, blank where it says that nothing is known."""
    text = row.cells.get(column, "")
    return "" if text.casefold() in NOTHING else text


def key(row: Row, column: str) -> str:
    """The number that the row has in its data set. Raises RowRefused."""
    if not (text := word(row, column)):
        raise RowRefused(
            column,
            "",
            _("The row has no number of its own. Write it here as the data set gives it."),
        )
    return text


def refuse_abroad(row: Row, column: str) -> None:
    """Raises RowRefused where the country is named and is another."""
    if (country := row.cells.get(column, HERE)) != HERE:
        raise RowRefused(column, country, _("The event is not in Pakistan. Leave the row out."))


def number(row: Row, column: str) -> int | None:
    """A whole number of people, None where it is not known. Raises RowRefused."""
    text = word(row, column)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= MOST_PEOPLE or value != int(value):
        raise RowRefused(
            column,
            text,
            _("“%(value)s” is no number of people. Write a whole number, or leave the cell blank.")
            % {"value": text[:40]},
        )
    return int(value)


def point(row: Row, latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Degrees north and east, None where they are not known. Raises RowRefused."""
    north, east = (_degrees(row, latitude, 90), _degrees(row, longitude, 180))
    return (north, east) if north is not None and east is not None else (None, None)


def _degrees(row: Row, column: str, most: int) -> float | None:
    text = word(row, column)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = most + 1.0
    if not -most <= value <= most:
        raise RowRefused(
            column,
            text,
            _("“%(value)s” is no latitude or longitude in degrees. Correct it or leave it blank.")
            % {"value": text[:40]},
        )
    return value


def day(row: Row, column: str, *, month_first: bool = False) -> date | None:
    """A day, None where it is not known. Raises RowRefused.

    03/04/2023 is the 3rd of April, as it is written in Pakistan, unless the file says otherwise.
    """
    text = word(row, column)
    if not text:
        return None
    # A clock time of midnight that comes with every day of a file is none.
    plain = text.split(" 00:00:00", 1)[0].split("T00:00:00", 1)[0]
    if ISO.fullmatch(plain):
        try:
            return date.fromisoformat(plain)
        except ValueError:
            pass  # no day of the calendar: told below
    for form in (*DAYS, *(MONTH_FIRST if month_first else SLASHED)):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RowRefused(
        column,
        text,
        _("“%(value)s” is no day. Write it like 2023-09-29.") % {"value": text[:40]},
    )


def span(first: date, last: date, *, column: str) -> When:
    """From one day to another: one day, a whole month, or the days between.

    `column` says the last day. Raises RowRefused where that is before the first.
    """
    if last < first:
        why = _("The last day is before the first. Correct one of them.")
        raise RowRefused(column, f"{last}", why)
    if first == last:
        return When(on_date=first)
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return When(on_date=first, precision=Precision.MONTH)
    return When(on_date=first, until_date=last, precision=Precision.RANGE)


def partial_day(row: Row, year: str, month: str, day_: str) -> When:
    """Year, month and day apart; 0 for a month or a day that is not known. Raises RowRefused."""
    parts = [number(row, column) for column in (year, month, day_)]
    if not parts[0]:
        raise RowRefused(
            year, row.cells.get(year, ""), _("The year is missing. Write it like 2013.")
        )
    found_year, found_month, found_day = (part or 0 for part in parts)
    try:
        if not found_month:
            last = date(found_year, DECEMBER, LAST_OF_DAYS)
            return span(date(found_year, 1, 1), last, column=month)
        if not found_day:
            return When(on_date=date(found_year, found_month, 1), precision=Precision.MONTH)
        return When(on_date=date(found_year, found_month, found_day))
    except ValueError as error:
        told = f"{found_year}-{found_month}-{found_day}"
        raise RowRefused(
            day_, told, _("There is no day %(value)s. Correct the date.") % {"value": told}
        ) from error


def short(text: str, most: int) -> str:
    """The text in one line of at most so many letters, an ellipsis where it was cut."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
