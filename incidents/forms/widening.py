"""Asking to let an incident go further."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import User
from incidents.details import Wish
from incidents.forms._parts import Refusable, Said
from incidents.models import Incident
from incidents.rules import Broken, broken_by_wish


class WidenForm(Refusable):
    """The marking as it would be, and why."""

    tlp = forms.ChoiceField(label=_("TLP: how far it may go"), choices=TLP)
    classification = forms.ChoiceField(label=_("Classification"), choices=Classification)
    caveats = forms.MultipleChoiceField(
        label=_("Caveats"), choices=Caveat, required=False, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(
        label=_("A further reader, by the e-mail they sign in with"),
        max_length=254,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why it should go further"),
        widget=forms.Textarea,
        help_text=_("Who decides reads this, even if the record itself is closed to them."),
    )

    def __init__(self, *args: Any, by: User, incident: Incident, **kwargs: Any) -> None:
        stands = {name: getattr(incident, name) for name in ("tlp", "classification", "caveats")}
        super().__init__(*args, initial=stands, **kwargs)
        self.by, self.incident = by, incident
        if incident.tlp != TLP.RED:
            del self.fields["email"]

    def clean_email(self) -> str:
        """The person must be known here."""
        email: str = self.cleaned_data["email"]
        if email and not self._named(email):
            raise forms.ValidationError(_("Nobody signs in with this e-mail."))
        return email

    def broken(self) -> list[Broken]:
        if not self.is_sound():
            return []
        return list(broken_by_wish(self.wish(), self.incident, by=self.by))

    def wish(self) -> Wish:
        """What is asked."""
        reader = self._named(self.cleaned_data.get("email", ""))
        return Wish(
            tlp=self.cleaned_data["tlp"],
            classification=self.cleaned_data["classification"],
            caveats=tuple(self.cleaned_data["caveats"]),
            reader_id=reader.pk if reader else None,
            reason=self.cleaned_data["reason"],
        )

    @staticmethod
    def _named(email: str) -> User | None:
        return User.objects.filter(email__iexact=email, is_active=True).first() if email else None


class RefusalForm(Said):
    """Why a request is refused."""

    answer = forms.CharField(label=_("Your reason, shown to who asked"), widget=forms.Textarea)
