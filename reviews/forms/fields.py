"""Answers typed fast: a clock time as people write it in a log, a grade in two characters."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incidents.choices import Credibility, Reliability
from reviews import rules
from reviews.models.timeline import MOST_OFFSET

CLOCK = re.compile(
    r"^(?P<about>ca?\.?|~|about)?\s*"
    r"(?P<h1>\d{1,2})(?:[:.]?(?P<m1>\d{2})(?:[:.]?(?P<s1>\d{2}))?|\s*(?P<hour>h|hrs?))"
    r"\s*(?P<half1>[ap]\.?m\.?)?"
    r"(?:\s*[-–]\s*(?P<h2>\d{1,2})[:.]?(?P<m2>\d{2})(?:[:.]?(?P<s2>\d{2}))?"
    r"\s*(?P<half2>[ap]\.?m\.?)?)?$",
    re.IGNORECASE,
)
# What ends earlier than it began ended the next day, unless it would have lasted so long.
OVER_MIDNIGHT = timedelta(hours=12)
NOON = 12
OFFSET = re.compile(
    r"^(?P<sign>[+-])?\s*(?P<before>fast|slow|تیز|سست)?\s*"
    r"(?:(?P<clock>\d{1,3}:\d{2}(?::\d{2})?)"
    r"|(?:(?P<h>\d+)\s*(?:h|hours?|گھنٹے?))?\s*(?:(?P<m>\d+)\s*(?:m|min|minutes?|منٹ))?\s*"
    r"(?:(?P<s>\d+)\s*(?:s|sec|seconds?|سیکنڈ)?)?)"
    r"\s*(?P<after>fast|slow|تیز|سست)?$",
    re.IGNORECASE,
)
SLOW = frozenset({"slow", "سست"})


@dataclass(frozen=True)
class ClockTime:
    """A clock time as typed: exact, about, to the hour, or from one time to another."""

    start: time
    end: time | None = None
    is_about: bool = False
    has_seconds: bool = False
    is_hour: bool = False

    @property
    def ends_next_day(self) -> bool:
        """Whether it lasted over midnight."""
        return self.end is not None and self.end < self.start

    def __str__(self) -> str:
        """As it would be typed again."""
        if self.is_hour:
            return f"{self.start:%H}h"
        form = "%H:%M:%S" if self.has_seconds else "%H:%M"
        start = f"{'c' if self.is_about else ''}{self.start.strftime(form)}"
        return f"{start}-{self.end.strftime(form)}" if self.end else start


class ClockField(forms.CharField):
    """`1713`, `17:13`, `171305` (seconds), `c1713` (about), `17h`, `5:13 pm`, `1710-1720`,
    `2350-0020` (over midnight), or nothing where nobody knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, required=False, **kwargs)

    def clean(self, value: Any) -> ClockTime | None:
        """The time that was typed, None where nothing was."""
        typed = super().clean(value)
        if not typed:
            return None
        match = CLOCK.match(typed)
        if match is None:
            raise ValidationError(
                _("Type the time as 1713, 171305, c1713, 17h or 1710-1720, or leave it empty."),
                code="invalid",
            )
        start = _time(match["h1"], match["m1"] or "00", match["s1"], match["half1"])
        end = None
        if match["h2"]:
            end = _time(match["h2"], match["m2"], match["s2"], match["half2"])
        if end is not None and end < start and _lasted(start, end) > OVER_MIDNIGHT:
            raise ValidationError(str(rules.ENDS_BEFORE_START), code="backwards")
        return ClockTime(
            start,
            end if end != start else None,
            is_about=bool(match["about"]),
            has_seconds=bool(match["s1"] or match["s2"]),
            is_hour=bool(match["hour"]) and end is None,
        )


def _lasted(start: time, end: time) -> timedelta:
    """From a time to another of the next day."""
    day = date(2000, 1, 1)
    return datetime.combine(day + timedelta(days=1), end) - datetime.combine(day, start)


def _time(hour: str, minute: str, second: str | None, half: str | None) -> time:
    number = int(hour)
    if half and number <= NOON:
        number = number % NOON + (NOON if half[0] in "pP" else 0)
    try:
        return time(number, int(minute), int(second or 0))
    except ValueError:
        raise ValidationError(
            _("%(typed)s is not a time of the day."),
            code="invalid",
            params={"typed": ":".join(filter(None, (hour, minute, second)))},
        ) from None


class ClockOffsetField(forms.CharField):
    """How a clock is out: `4 min fast`, `90 s slow`, `+4:00`; nothing where it is right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)

    def clean(self, value: Any) -> int:
        """Seconds by which it runs fast; below zero: slow."""
        typed = super().clean(value)
        if not typed:
            return 0
        match = OFFSET.match(typed)
        words = [match[name] for name in ("before", "after") if match[name]] if match else []
        size = _span(match) if match else None
        if match is None or size is None or (not words and not match["sign"] and size):
            raise ValidationError(
                _("Say it as “4 min fast” or “90 s slow”, or leave it empty."), code="invalid"
            )
        if size > MOST_OFFSET:
            raise ValidationError(_("A clock that is out by more than a week tells no time."))
        slow = match["sign"] == "-" or any(each.casefold() in SLOW for each in words)
        return -size if slow else size


def _span(match: re.Match[str]) -> int | None:
    """Seconds; None where no figure was typed. `4:10` is minutes and seconds."""
    if match["clock"]:
        parts = [int(each) for each in match["clock"].split(":")]
        hours, minutes, seconds = [0] * (3 - len(parts)) + parts
        return hours * 3600 + minutes * 60 + seconds
    if not any(match[name] for name in "hms"):
        return None
    return int(match["h"] or 0) * 3600 + int(match["m"] or 0) * 60 + int(match["s"] or 0)


class GradeField(forms.CharField):
    """An Admiralty grade: source A to F, then information 1 to 6."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2, required=False, label=_("Grade"), **kwargs)

    def clean(self, value: Any) -> str:
        """`B2` in capitals, or nothing."""
        typed = str(super().clean(value)).upper()
        known = (
            len(typed) == 2 and typed[0] in Reliability.values and typed[1] in (Credibility.values)
        )
        if typed and not known:
            raise ValidationError(
                _("A grade is a letter A to F and a figure 1 to 6, such as B2."), code="invalid"
            )
        return typed
