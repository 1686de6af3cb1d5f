"""Forms of section G."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from reviews.choices import AmountFor, CareKind, CareState
from reviews.forms.base import SHORT, RowForm
from reviews.models import CareStep


class CareForm(RowForm):
    """G: one thing that is owed to victims and families."""

    content = ("kind", "by_post", "source", "note")
    state = forms.ChoiceField(
        label=_("How far"), choices=CareState.choices, initial=CareState.UNKNOWN
    )

    class Meta:
        model = CareStep
        fields = (
            "kind", "state", "on_date", "until_date", "people", "by_post", "announced", "paid",
            "amount_for", "amount_published", "source", "note",
        )  # fmt: skip
        labels = {
            "kind": _("What was owed"),
            "on_date": _("On"),
            "until_date": _("Until, if another day"),
            "people": _("For how many people"),
            "by_post": _("By which post"),
            "announced": _("Announced, in rupees"),
            "paid": _("Paid, in rupees"),
            "amount_for": _("The amount is"),
            "amount_published": _("Amount, in the words of the source"),
            "source": _("Source"),
            "note": _("Note"),
        }
        help_texts = {
            "announced": _("Compensation only, as it was reported."),
            "amount_published": _("In another currency, from a fund, as a range."),
            "note": _("No victim is named. Say what is known and what is not."),
        }
        widgets = {"on_date": DayInput, "until_date": DayInput, "note": forms.Textarea(SHORT)}
        error_messages = {"kind": {"required": _("Choose what was owed.")}}

    def prepare(self) -> None:
        """Nothing is chosen until somebody chooses it."""
        self.fields["kind"].choices = [("", _("Choose")), *CareKind.choices]  # type: ignore[attr-defined]
        self.fields["amount_for"].choices = [("", _("Not said")), *AmountFor.choices]  # type: ignore[attr-defined]
