"""Forms of sharing groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, SharingGroup
from core.forms import Form


class GroupForm(Form):
    """What the group is called."""

    name = forms.CharField(
        label=_("Name of the group"),
        help_text=_("Whoever shares with the group reads this name."),
        max_length=120,
    )


class AgencyForm(Form):
    """One more agency for a group."""

    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.none(),
        error_messages={"invalid_choice": _("Choose an agency from the list.")},
    )

    def __init__(self, group: SharingGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.active().exclude(sharing_groups=group).order_by("name")
        offer_agencies(self.fields["agency"], agencies)


def offer_agencies(field: Any, agencies: Any) -> None:
    """Offer these agencies, each by its name in the language of the page."""
    field.queryset = agencies
    field.label_from_instance = lambda agency: agency.label
