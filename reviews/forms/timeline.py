"""Forms of section D: entries and accounts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import TIMED, Precision
from reviews import rules
from reviews.choices import EntryKind
from reviews.forms.base import SHORT, RowForm
from reviews.forms.fields import ClockField, ClockOffsetField, ClockTime, GradeField
from reviews.forms.moment_parts import clock_of, last_day, precision_of
from reviews.models import Account, TimelineEntry
from reviews.spans import offset_text


class EntryForm(RowForm):
    """D: one deed, typed fast."""

    content = ("clock", "text", "told")
    clock = ClockField(label=_("Time"))
    precision = forms.ChoiceField(
        label=_("Precise to"),
        required=False,
        choices=[
            ("", _("as the time says")),
            (Precision.SECOND, _("the second")),
            (Precision.MINUTE, _("the minute")),
            (Precision.ABOUT, _("about")),
            (Precision.HOUR, _("the hour")),
            (Precision.DAY, _("the day")),
            (Precision.MONTH, _("the month")),
            (Precision.YEAR, _("the year")),
            (Precision.RANGE, _("from one day to another")),
            (Precision.UNKNOWN, _("not known")),
        ],
    )
    clock_offset = ClockOffsetField(
        label=_("Clock of the source"),
        help_text=_("If it was out: “4 min fast”, “90 s slow”. The time is put right by it."),
    )
    grade = GradeField()

    class Meta:
        model = TimelineEntry
        fields = (
            *("on_date", "until_date", "acting", "text", "told", "kind", "phase"),
            *("decided", "because", "authority", "milestone", "is_public"),
            *("source", "source_kind", "settled"),
        )
        labels = {
            "on_date": _("Date"),
            "until_date": _("Until, if another day"),
            "acting": _("Agency"),
            "text": _("What happened, one deed"),
            "told": _("Agency told"),
            "kind": _("Kind"),
            "phase": _("Phase"),
            "decided": _("What was decided"),
            "because": _("Reason given"),
            "authority": _("On what authority"),
            "milestone": _("Milestone"),
            "is_public": _("Part of what the public was told"),
            "source": _("Source"),
            "source_kind": _("Kind of source"),
            "settled": _("How the accounts were settled, and why"),
        }
        help_texts = {
            "authority": _("The law, order or post it rested on."),
            "milestone": _("Response times are computed from these."),
            "settled": _("Leave empty while they stand against each other."),
        }
        widgets = {
            "on_date": DayInput,
            "until_date": DayInput,
            "text": forms.TextInput,
            "acting": forms.TextInput({"list": "agencies", "class": ""}),
            "told": forms.TextInput({"list": "agencies", "class": ""}),
            "decided": forms.Textarea(SHORT),
            "because": forms.Textarea(SHORT),
            "source": forms.TextInput({"list": "sources", "class": ""}),
            "settled": forms.Textarea(SHORT),
        }
        error_messages = {"text": {"required": _("Say what happened in one sentence.")}}

    field_order = (
        *("clock", "precision", "on_date", "until_date", "clock_offset"),
        *("acting", "text", "told", "kind", "decided", "because", "authority", "phase"),
        *("source", "source_kind", "grade", "milestone", "is_public", "settled"),
    )

    def prepare(self) -> None:
        """The day of the incident, unless another is given."""
        for name, none in (("milestone", _("None")), ("source_kind", _("Not said"))):
            field: Any = self.fields[name]
            field.choices = [("", none), *field.choices[1:]]
        entry = self.instance
        if entry.pk is None:
            self.initial.setdefault("on_date", self.review.incident.on_date)
            del self.fields["settled"]
            return
        if not entry.accounts.exists():
            del self.fields["settled"]
        self.initial["grade"] = entry.grade
        self.initial["precision"] = entry.precision
        self.initial["clock_offset"] = offset_text(entry.clock_offset)
        if entry.at_time is not None:
            self.initial["clock"] = str(clock_of(entry))

    def clean_on_date(self) -> Any:
        """Not a day that is still to come."""
        return _past(self.cleaned_data["on_date"])

    def clean_until_date(self) -> Any:
        """Neither that."""
        return _past(self.cleaned_data["until_date"])

    def clean(self) -> dict[str, Any]:
        """The time and its precision must say the same."""
        super().clean()
        data = self.cleaned_data
        for field, sentence in [*_broken_by_time(data), *_broken_by_day(data)]:
            if not {"clock", "on_date", field}.intersection(self.errors):
                self.add_error(field, sentence)
        decided = any(data.get(name) for name in ("decided", "because", "authority"))
        if decided and data.get("kind") != EntryKind.DECISION and "kind" not in self.errors:
            self.add_error("kind", str(rules.ONLY_DECISIONS))
        return data

    def values(self) -> dict[str, Any]:
        """The moment in the columns that hold it."""
        values = self.graded(super().values())
        clock: ClockTime | None = values.pop("clock")
        day, until = values["on_date"], values["until_date"]
        values["precision"] = precision_of(clock, values["precision"], day=day, until=until)
        if values["precision"] == Precision.UNKNOWN:
            values["on_date"] = None
        values["at_time"] = clock.start if clock else None
        values["until_time"] = clock.end if clock else None
        values["until_date"] = last_day(clock, day, until)
        return values


def _past(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(str(rules.DAY_IS_AHEAD))
    return day


def _broken_by_time(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    clock, precision = data.get("clock"), data.get("precision")
    timed = precision in TIMED
    if clock is None and timed:
        yield "clock", _("Give the time, or choose that only the day is known.")
    if clock is not None and precision and not timed:
        yield "precision", _("A time is typed: choose the minute or about.")
    if clock is None and data.get("clock_offset"):
        yield "clock_offset", _("A clock is out only where it gives a time.")


def _broken_by_day(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    clock, precision = data.get("clock"), data.get("precision")
    day, until = data.get("on_date"), data.get("until_date")
    needs_day = precision in (Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.RANGE)
    if day is None and (clock is not None or until is not None or needs_day):
        yield "on_date", _("Give the day, or choose that the time is not known.")
        return
    if until is None:
        if precision == Precision.RANGE:
            yield "until_date", _("Give the last day.")
    elif day is not None and until < day:
        yield "until_date", str(rules.ENDS_BEFORE_START)
    elif clock is not None and clock.end is None and until > day:
        yield "clock", _("It lasted to another day: give the time of its end, as 2350-0020.")
    elif clock is None and precision not in ("", Precision.RANGE):
        yield "until_date", _("Leave this empty, or choose “from one day to another”.")


class AccountForm(RowForm):
    """D: one account of an entry on which accounts differ."""

    content = ("by", "said")
    # The entry it stands beside, so that what was typed finds its place when the line is gone.
    entry = forms.IntegerField(required=False, widget=forms.HiddenInput)
    clock = ClockField(label=_("Time they give"))
    grade = GradeField()

    class Meta:
        model = Account
        fields = ("by", "said", "source")
        labels = {"by": _("Account of"), "said": _("What they say"), "source": _("Source")}
        help_texts = {"by": _("The agency or post, not a name.")}
        widgets = {"said": forms.Textarea(SHORT)}
        error_messages = {
            "by": {"required": _("Say whose account it is.")},
            "said": {"required": _("Say what they say.")},
        }

    field_order = ("by", "clock", "said", "source", "grade")

    def prepare(self) -> None:
        """What was typed before."""
        if self.instance.pk is not None:
            self.initial["entry"] = self.instance.entry_id
            self.initial["grade"] = self.instance.grade
            if self.instance.at_time is not None:
                self.initial["clock"] = str(ClockTime(self.instance.at_time))

    def values(self) -> dict[str, Any]:
        """The account with its time."""
        values = self.graded(super().values())
        values.pop("entry")
        clock: ClockTime | None = values.pop("clock")
        values["teller"] = values.pop("by")
        return {**values, "at_time": clock.start if clock else None}
