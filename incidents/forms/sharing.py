"""Who else may read an incident."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, SharingGroup, User
from incidents.forms._parts import Said


class ShareForm(Said):
    """One reader: an agency, a group of agencies, or a person by post."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.active().order_by("name"), required=False
    )
    group = forms.ModelChoiceField(
        label=_("Sharing group"), queryset=SharingGroup.objects.none(), required=False
    )
    email = forms.EmailField(
        label=_("Person, by the e-mail they sign in with"), max_length=254, required=False
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["group"]
        groups.queryset = SharingGroup.objects.visible_to(by).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = [name for name in ("agency", "group", "email") if cleaned.get(name)]
        if not self.errors and len(named) != 1:
            self.add_error("agency", _("Name one reader: an agency, a group or a person."))
        if cleaned.get("email"):
            person = User.objects.filter(email__iexact=cleaned["email"], is_active=True).first()
            if person is None:
                self.add_error("email", _("Nobody signs in with this e-mail."))
            cleaned["person"] = person
        return cleaned

    def recipient(self) -> Agency | SharingGroup | User:
        """Who is named."""
        cleaned = self.cleaned_data
        named: Agency | SharingGroup | User = (
            cleaned["agency"] or cleaned["group"] or cleaned["person"]
        )
        return named

    def values(self) -> dict[str, Any]:
        return {"recipient": self.recipient()}
