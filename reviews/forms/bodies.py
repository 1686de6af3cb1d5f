"""Fields that name a body: an agency of this deployment, or another in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from reviews.forms.base import RowForm


class BodyForm(RowForm):
    """A line about a body."""

    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.active().order_by("name"),
        required=False,
        empty_label=_("Another body"),
    )

    def prepare(self) -> None:
        """Agencies in the language of the page."""
        self.fields["agency"].label_from_instance = lambda each: each.label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two, not both and not neither."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("agency")) == bool(data.get("body")) and "body" not in self.errors:
            self.add_error("body", _("Choose the agency, or write the body; one of the two."))
        return data
