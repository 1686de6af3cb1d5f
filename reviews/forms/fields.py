"""Answers typed fast: a clock time as people write it in a log, a grade in two characters."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incidents.choices import Credibility, Reliability
from reviews import rules

CLOCK = re.compile(
    r"^(?P<about>ca?\.?|~|about)?\s*"
    r"(?P<h1>\d{1,2})[:.]?(?P<m1>\d{2})"
    r"(?:\s*[-–]\s*(?P<h2>\d{1,2})[:.]?(?P<m2>\d{2}))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ClockTime:
    """A clock time as typed: exact, about, or from one time to another."""

    start: time
    end: time | None = None
    is_about: bool = False

    def __str__(self) -> str:
        """As it would be typed again."""
        start = f"{'c' if self.is_about else ''}{self.start:%H:%M}"
        return f"{start}-{self.end:%H:%M}" if self.end else start


class ClockField(forms.CharField):
    """`1713`, `17:13`, `c1713` (about), `1710-1720`, or nothing where nobody knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)

    def clean(self, value: Any) -> ClockTime | None:
        """The time that was typed, None where nothing was."""
        typed = super().clean(value)
        if not typed:
            return None
        match = CLOCK.match(typed)
        if match is None:
            raise ValidationError(
                _("Type the time as 1713, 17:13, c1713 or 1710-1720, or leave it empty."),
                code="invalid",
            )
        start = _time(match["h1"], match["m1"])
        end = _time(match["h2"], match["m2"]) if match["h2"] else None
        if end is not None and end < start:
            raise ValidationError(str(rules.ENDS_BEFORE_START), code="backwards")
        return ClockTime(start, end if end != start else None, bool(match["about"]))


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValidationError(
            _("%(typed)s is not a time of the day."),
            code="invalid",
            params={"typed": f"{hour}:{minute}"},
        ) from None


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
