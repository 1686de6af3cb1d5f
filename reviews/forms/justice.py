"""Forms of section H."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from reviews.choices import JusticeKind, JusticeState, Outcome
from reviews.forms.base import SHORT, RowForm
from reviews.models import JusticeStep


class JusticeForm(RowForm):
    """H: one step of the case."""

    content = ("kind", "reference", "court", "note")
    state = forms.ChoiceField(
        label=_("How far"), choices=JusticeState.choices, initial=JusticeState.UNKNOWN
    )

    class Meta:
        model = JusticeStep
        fields = (
            "kind", "state", "reference", "on_date", "reported_date", "people", "court", "outcome",
            "outcome_published", "source", "note",
        )  # fmt: skip
        labels = {
            "kind": _("Step"),
            "reference": _("Number or reference"),
            "on_date": _("Day"),
            "reported_date": _("Report received on"),
            "people": _("How many people"),
            "court": _("Court, laboratory or station"),
            "outcome": _("What the court decided"),
            "outcome_published": _("Decision, in the words of the court"),
            "source": _("Source"),
            "note": _("Note"),
        }
        help_texts = {
            "on_date": _("Of an examination: the day it was sent."),
            "people": _("A number, never a name."),
            "outcome": _("Only after a court has spoken."),
            "note": _("No names, and no word of guilt before a court has spoken."),
        }
        widgets = {
            "on_date": DayInput,
            "reported_date": DayInput,
            "note": forms.Textarea(SHORT),
        }
        error_messages = {"kind": {"required": _("Choose the step.")}}

    def prepare(self) -> None:
        """Nothing is chosen until somebody chooses it."""
        self.fields["kind"].choices = [("", _("Choose the step")), *JusticeKind.choices]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [("", _("No court has decided")), *Outcome.choices]  # type: ignore[attr-defined]
