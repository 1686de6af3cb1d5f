"""The Hijri calendar, by calculation (Umm al-Qura).

In Pakistan the month begins when the moon is seen, which is the same evening or up to two later: on
29 September 2023, the 12th of Rabi-ul-Awwal there, the calculation says the 14th. What depends on
the day is therefore asked of the day and of the two before it, and never settled here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian

# How many days the sighting may come after the calculation.
LATER = 2
MONTHS = {
    "en": (
        *("Muharram", "Safar", "Rabi-ul-Awwal", "Rabi-us-Sani", "Jamadi-ul-Awwal"),
        *("Jamadi-us-Sani", "Rajab", "Shaban", "Ramzan", "Shawwal", "Zulqadah", "Zulhijjah"),
    ),
    "ur": (
        *("محرم", "صفر", "ربیع الاول", "ربیع الثانی", "جمادی الاول"),
        *("جمادی الثانی", "رجب", "شعبان", "رمضان", "شوال", "ذوالقعدہ", "ذوالحجہ"),
    ),
}
FIRST, LAST = date(1924, 8, 1), date(2077, 11, 16)


@dataclass(frozen=True)
class HijriDay:
    """A day of the Hijri calendar; months from 1."""

    year: int
    month: int
    day: int


def calculated(day: date) -> HijriDay | None:
    """The day by calculation; None beyond the years that are tabulated."""
    if not FIRST <= day <= LAST:
        return None
    found = Gregorian.fromdate(day).to_hijri()
    return HijriDay(found.year, found.month, found.day)


def possible(day: date) -> Iterator[HijriDay]:
    """What the day may be in Pakistan, the calculated one first."""
    for earlier in range(LATER + 1):
        if found := calculated(day - timedelta(days=earlier)):
            yield found
