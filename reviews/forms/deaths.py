"""Forms of section G: what was found of how people died."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from reviews.choices import Survivable
from reviews.forms.base import SHORT, RowForm
from reviews.models import DeathFinding


class DeathForm(RowForm):
    """G: how some of the dead died, and whether they could have been saved."""

    content = ("conclusion", "words", "decided_by", "note")
    survivable = forms.ChoiceField(
        label=_("Could they have been saved?"),
        choices=Survivable.choices,
        initial=Survivable.NOT_ASKED,
    )

    class Meta:
        model = DeathFinding
        fields = (
            "people", "conclusion", "survivable", "words", "decided_by", "on_date",
            "source_reference", "note",
        )  # fmt: skip
        labels = {
            "people": _("Of how many people"),
            "conclusion": _("How they died, in the words of the source"),
            "words": _("In the words of the source"),
            "decided_by": _("Who found it"),
            "on_date": _("Found on"),
            "source_reference": _("Place in the source"),
            "note": _("Note"),
        }
        help_texts = {
            "people": _("A number, never a name. One line for all of whom the same was found."),
            "conclusion": _("Such as the verdict of an inquest."),
            "decided_by": _("A coroner, an inquiry, a panel of experts."),
        }
        widgets = {
            "on_date": DayInput,
            "words": forms.Textarea(SHORT),
            "note": forms.Textarea(SHORT),
        }
