"""Saying which fact a piece of evidence supports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from incidents.models import Evidence, Incident
from incidents.selectors.supports import live, supportable_choices


class AttachForm(Form):
    """A piece, and one fact of its incident."""

    piece = forms.TypedChoiceField(label=_("Piece of evidence"), coerce=int)
    to = forms.ChoiceField(label=_("Fact that it supports"))

    def __init__(
        self, *args: Any, incident: Incident, pieces: list[Evidence], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        shown: list[tuple[Any, Any]] = [(each.pk, each.title) for each in live(pieces)]
        self._offer("piece", [("", _("Choose")), *shown])
        self._offer("to", [("", _("Choose")), *supportable_choices(incident)])

    def target(self) -> tuple[str, int]:
        """The kind of fact and its number."""
        what, _dash, number = self.cleaned_data["to"].partition("-")
        return what, int(number)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = choices
