"""How dates, times, ranges and limits are put into words: pure functions of their arguments.

Django's own localisation is not used here: it is slow in long lists, and the product's dates keep
Latin digits and the order day, month, year in both languages.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

Shape = Literal["none", "progress", "submitted", "ok", "soon", "late", "closed"]

MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ur": (
        "جنوری",
        "فروری",
        "مارچ",
        "اپریل",
        "مئی",
        "جون",
        "جولائی",
        "اگست",
        "ستمبر",
        "اکتوبر",
        "نومبر",
        "دسمبر",
    ),
}
LONG_MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "ur": MONTHS["ur"],
}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ur": ("پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار"),
}
# Marked here, translated one by one: a page asks for the words of hundreds of times and grades.
PRECISIONS = {
    "SECOND": gettext_noop("to the second"),
    "MINUTE": gettext_noop("to the minute"),
    "ABOUT": gettext_noop("about"),
    "TEN_MINUTES": gettext_noop("to ten minutes"),
    "HOUR": gettext_noop("to the hour"),
    "DAY": gettext_noop("day only"),
    "MONTH": gettext_noop("month only"),
    "YEAR": gettext_noop("year only"),
    "": gettext_noop("time not known"),
}
SOURCES = {
    "A": gettext_noop("completely reliable"),
    "B": gettext_noop("usually reliable"),
    "C": gettext_noop("fairly reliable"),
    "D": gettext_noop("not usually reliable"),
    "E": gettext_noop("unreliable"),
    "F": gettext_noop("reliability cannot be judged"),
    "": gettext_noop("not graded"),
}
CONTENTS = {
    "1": gettext_noop("confirmed by other sources"),
    "2": gettext_noop("probably true"),
    "3": gettext_noop("possibly true"),
    "4": gettext_noop("doubtful"),
    "5": gettext_noop("improbable"),
    "6": gettext_noop("truth cannot be judged"),
}
SOON_DAYS = 2
FAR_DAYS = 300
BLANK = "_"


def language() -> str:
    """The language of the page: `ur` or `en`."""
    return "ur" if (get_language() or "en").startswith("ur") else "en"


def isolated(words: str) -> str:
    """Words that keep their own direction inside a sentence of the other (Unicode FSI, PDI)."""
    return f"\u2068{words}\u2069"


def local_day(value: date | datetime) -> date:
    """The calendar day in Pakistan."""
    if isinstance(value, datetime):
        return local_time(value).date()
    return value


def local_time(value: datetime) -> datetime:
    """The moment in the deployment's own time zone."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def short_date(value: date | datetime) -> str:
    """`29 Sep 2023`, `29 ستمبر 2023`."""
    day = local_day(value)
    return f"{day.day} {MONTHS[language()][day.month - 1]} {day.year}"


def short_day(value: date | datetime) -> str:
    """`29 Sep`: for tables whose year is said elsewhere."""
    day = local_day(value)
    return f"{day.day} {MONTHS[language()][day.month - 1]}"


def long_date(value: date | datetime) -> str:
    """`Friday 29 September 2023`: for titles and record facts."""
    day = local_day(value)
    tongue = language()
    comma = "،" if tongue == "ur" else ""
    return (
        f"{WEEKDAYS[tongue][day.weekday()]}{comma} "
        f"{day.day} {LONG_MONTHS[tongue][day.month - 1]} {day.year}"
    )


def clock(value: datetime) -> str:
    """`16:05`, Pakistan time."""
    return local_time(value).strftime("%H:%M")


def clock_digits(value: datetime | None, precision: str) -> str:
    """The clock time with a blank for each digit that nobody knows: `16:05`, `16:5_`, `__:__`."""
    if value is None:
        return "__:__"
    known = {"SECOND": 5, "MINUTE": 5, "ABOUT": 5, "TEN_MINUTES": 4, "HOUR": 3}
    count = known.get(precision.upper(), 0)
    return "".join(
        char if place < count or char == ":" else BLANK for place, char in enumerate(clock(value))
    )


def day_digits(value: date | datetime, precision: str) -> str:
    """The day as far as it is known: `29 Sep 2023`, `Sep 2023`, `2023`."""
    day = local_day(value)
    match precision.upper():
        case "YEAR":
            return str(day.year)
        case "MONTH":
            return f"{MONTHS[language()][day.month - 1]} {day.year}"
        case _:
            return short_date(day)


def precision_words(precision: str) -> str:
    """How sure the clock time is, in the words shown under it."""
    return gettext(PRECISIONS.get(precision.upper(), PRECISIONS[""]))


def count_range(low: int | None, best: int | None, high: int | None) -> str:
    """A count as its sources leave it: `15–60`, `55`, `50+` (no upper bound), or "not known"."""
    known = [each for each in (low, best, high) if each is not None]
    if not known:
        return gettext("not known")
    if high is None and best is None:
        return gettext("%(least)d+") % {"least": low}
    least, most = min(known), max(known)
    if least == most:
        return str(least)
    # In Urdu in words: a range of figures reads from either side there.
    return gettext("%(least)d–%(most)d") % {"least": least, "most": most}


@dataclass(frozen=True)
class Due:
    """How a limit stands: the shape of the status and its word."""

    shape: Shape
    word: str


def due(limit: date | datetime, today: date) -> Due:
    """Late, soon or open. Late is said in days, soon as the day, open as the date."""
    day = local_day(limit)
    left = (day - today).days
    if left < 0:
        return Due(
            "late", ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
        )
    if left == 0:
        return Due("soon", gettext("today"))
    if left == 1:
        return Due("soon", gettext("tomorrow"))
    if left <= SOON_DAYS:
        return Due("soon", short_day(day))
    return Due("none", short_date(day) if left > FAR_DAYS else short_day(day))


def days_between(start: date | datetime, end: date | datetime) -> int:
    """Whole calendar days from one day to another."""
    return (local_day(end) - local_day(start)).days


def grade_words(mark: str) -> str:
    """What an Admiralty grade means: `B2` is usually reliable, probably true."""
    return gettext("Source grade %(mark)s: %(source)s; %(content)s") % {
        "mark": mark,
        "source": gettext(SOURCES.get(mark[:1], SOURCES[""])),
        "content": gettext(CONTENTS.get(mark[1:2], SOURCES[""])),
    }
