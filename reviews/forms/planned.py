"""Forms of section B."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.choices import InPlace, Rating
from reviews.forms.base import SHORT, RowForm
from reviews.models import PlannedMeasure


class MeasureForm(RowForm):
    """B: a planned measure."""

    content = ("text", "laid_down_in", "note")
    in_place = forms.ChoiceField(
        label=_("Was it in place?"), choices=InPlace.choices, initial=InPlace.UNKNOWN
    )

    class Meta:
        model = PlannedMeasure
        fields = ("text", "laid_down_in", "in_place", "rating", "note")
        labels = {
            "text": _("Measure"),
            "laid_down_in": _("Plan, order or standard"),
            "rating": _("How it worked"),
            "note": _("Note"),
        }
        widgets = {"note": forms.Textarea(SHORT)}
        error_messages = {"text": {"required": _("Say which measure was planned.")}}

    def prepare(self) -> None:
        """Not rated is an answer."""
        self.fields["rating"].choices = [("", _("Not rated")), *Rating.choices]  # type: ignore[attr-defined]
