"""Which incidents the page of coverage looks at."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.forms import DayInput, Form
from places.choices import Level
from places.models import Area
from reviews.choices import ReviewTier

DAYS_LOOKED_AT = 365


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Of places or agencies, each called as the language of the page calls it."""

    def label_from_instance(self, obj: Area | Agency) -> str:
        """Its name alone."""
        return obj.label


class CoverageForm(Form):
    """A period, and where, whose and how heavy; a blank narrows nothing."""

    since = forms.DateField(label=_("From"), widget=DayInput)
    until = forms.DateField(label=_("Until"), widget=DayInput)
    province = NamedField(
        label=_("Province"), queryset=Area.objects.none(), required=False, empty_label=_("Any")
    )
    agency = NamedField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=_("Any")
    )
    tier = forms.ChoiceField(
        label=_("Tier"), required=False, choices=[("", _("Any")), *ReviewTier.choices]
    )

    def __init__(self, data: Any) -> None:
        today = timezone.localdate()
        first = {"since": str(today - timedelta(days=DAYS_LOOKED_AT)), "until": str(today)}
        super().__init__({**first, **{key: data[key] for key in data if data[key]}})
        provinces = Area.objects.filter(level=Level.PROVINCE).order_by("name")
        self.fields["province"].queryset = provinces  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The end is not before the start."""
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end is before the start."))
        return data
