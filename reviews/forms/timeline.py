"""Forms of section D: entries and accounts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import Precision
from reviews import rules
from reviews.forms.base import SHORT, RowForm
from reviews.forms.fields import ClockField, ClockTime, GradeField
from reviews.models import Account, TimelineEntry


class EntryForm(RowForm):
    """D: one deed, typed fast."""

    content = ("clock", "text", "told")
    clock = ClockField(label=_("Time"))
    precision = forms.ChoiceField(
        label=_("Precise to"),
        required=False,
        choices=[
            ("", _("as the time says")),
            (Precision.MINUTE, _("the minute")),
            (Precision.ABOUT, _("about")),
            (Precision.DAY, _("the day")),
            (Precision.MONTH, _("the month")),
            (Precision.UNKNOWN, _("not known")),
        ],
    )
    grade = GradeField()

    class Meta:
        model = TimelineEntry
        fields = ("on_date", "acting", "text", "told", "kind", "phase", "source")
        labels = {
            "on_date": _("Date"),
            "acting": _("Agency"),
            "text": _("What happened, one deed"),
            "told": _("Agency told"),
            "kind": _("Kind"),
            "phase": _("Phase"),
            "source": _("Source"),
        }
        widgets = {
            "on_date": DayInput,
            "text": forms.TextInput,
            "acting": forms.TextInput({"list": "agencies", "class": ""}),
            "told": forms.TextInput({"list": "agencies", "class": ""}),
            "source": forms.TextInput({"list": "sources", "class": ""}),
        }
        error_messages = {"text": {"required": _("Say what happened in one sentence.")}}

    field_order = ("clock", "precision", "acting", "text", "told", "kind", "phase")

    def prepare(self) -> None:
        """The day of the incident, unless another is given."""
        entry = self.instance
        if entry.pk is None:
            self.initial.setdefault("on_date", self.review.incident.on_date)
            return
        self.initial["grade"] = entry.grade
        self.initial["precision"] = entry.precision
        if entry.at_time is not None:
            about = entry.precision == Precision.ABOUT
            self.initial["clock"] = str(ClockTime(entry.at_time, entry.until_time, about))

    def clean_on_date(self) -> Any:
        """Not a day that is still to come."""
        day = self.cleaned_data["on_date"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(str(rules.DAY_IS_AHEAD))
        return day

    def clean(self) -> dict[str, Any]:
        """The time and its precision must say the same."""
        super().clean()
        data = self.cleaned_data
        clock, precision = data.get("clock"), data.get("precision")
        timed = precision in (Precision.MINUTE, Precision.ABOUT)
        if clock is None and timed and "clock" not in self.errors:
            self.add_error("clock", _("Give the time, or choose that only the day is known."))
        if clock is not None and precision and not timed:
            self.add_error("precision", _("A time is typed: choose the minute or about."))
        if (
            data.get("on_date") is None
            and "on_date" not in self.errors
            and (clock is not None or precision in (Precision.DAY, Precision.MONTH))
        ):
            self.add_error("on_date", _("Give the day, or choose that the time is not known."))
        return data

    def values(self) -> dict[str, Any]:
        """The moment in the columns that hold it."""
        values = self.graded(super().values())
        clock: ClockTime | None = values.pop("clock")
        values["precision"] = _precision(clock, values["precision"], values["on_date"] is not None)
        if values["precision"] == Precision.UNKNOWN:
            values["on_date"] = None
        values["at_time"] = clock.start if clock else None
        values["until_time"] = clock.end if clock else None
        return values


def _precision(clock: ClockTime | None, chosen: str, has_day: bool) -> str:
    if chosen and not (clock and clock.is_about):
        return chosen
    if clock is not None:
        return Precision.ABOUT if clock.is_about or clock.end else Precision.MINUTE
    return Precision.DAY if has_day else Precision.UNKNOWN


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
