"""A day typed as people write it in a register, with the clock time where it is known."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.choices import Precision
from reviews import rules

DAY_FIRST = r"(?:(?P<day>\d{1,2})[./-])?(?P<month>\d{1,2})[./-](?P<year>\d{4})"
YEAR_FIRST = r"(?P<year2>\d{4})-(?P<month2>\d{1,2})(?:-(?P<day2>\d{1,2}))?"
CLOCK = r"(?P<about>ca?\.?|~|about)?\s*(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})"
TYPED = re.compile(rf"^(?:{DAY_FIRST}|{YEAR_FIRST})(?:[\s,T]+{CLOCK})?$", re.IGNORECASE)


@dataclass(frozen=True)
class TypedMoment:
    """As far as it is known: a month, a day, a day and a clock time."""

    day: date
    at: time | None
    precision: str

    def __str__(self) -> str:
        """As it would be typed again."""
        if self.precision == Precision.MONTH:
            return f"{self.day:%Y-%m}"
        if self.at is None:
            return f"{self.day:%Y-%m-%d}"
        about = "c" if self.precision == Precision.ABOUT else ""
        return f"{self.day:%Y-%m-%d} {about}{self.at:%H:%M}"


class MomentField(forms.CharField):
    """`28/8/2014`, `28/8/2014 1713`, `28/8/2014 c1713`, `8/2014`, or nothing; never to come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, required=False, **kwargs)

    def clean(self, value: Any) -> TypedMoment | None:
        """What was typed, None where nothing was."""
        typed = super().clean(value)
        if not typed:
            return None
        match = TYPED.match(typed)
        if match is None:
            raise ValidationError(
                _("Type it as 28/8/2014, 28/8/2014 1713 or 8/2014, or leave it empty."),
                code="invalid",
            )
        moment = _read(match)
        if moment.day > timezone.localdate():
            raise ValidationError(str(rules.DAY_IS_AHEAD), code="ahead")
        return moment


def _read(match: "re.Match[str]") -> TypedMoment:
    day = match["day"] or match["day2"]
    year, month = match["year"] or match["year2"], match["month"] or match["month2"]
    try:
        on = date(int(year), int(month), int(day or 1))
        at = time(int(match["hour"]), int(match["minute"])) if match["hour"] else None
    except ValueError:
        raise ValidationError(
            _("%(typed)s is no day of the calendar, or no time of the day."),
            code="invalid",
            params={"typed": match[0]},
        ) from None
    if at is not None and day is None:
        raise ValidationError(_("Give the day as well as the time."), code="invalid")
    return TypedMoment(on, at, _precision(day, at, match["about"]))


def _precision(day: str | None, at: time | None, about: str | None) -> str:
    if day is None:
        return Precision.MONTH
    if at is None:
        return Precision.DAY
    return Precision.ABOUT if about else Precision.MINUTE
