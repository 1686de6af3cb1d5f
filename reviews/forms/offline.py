"""Handing in a file of the offline form, and naming the incident where the blank names none."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.forms import Form
from incidents.models import Incident
from reviews.offline import MOST_BYTES, TOO_LARGE


class FileForm(Form):
    """The file, and the passphrase where it is locked."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file that the form saved.")},
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        required=False,
        strip=False,
        max_length=200,
        help_text=_("Only if the file was saved with one. It is used once and not kept."),
        widget=forms.PasswordInput({"autocomplete": "off", "class": "w-m"}),
    )

    def clean_file(self) -> Any:
        """Of the size that the offline form saves."""
        sent = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_BYTES:
            raise ValidationError(str(TOO_LARGE))
        return sent


class IncidentForm(Form):
    """The incident, by its reference: what is not on the register is recorded there first."""

    reference = forms.CharField(
        label=_("Reference of the incident"),
        max_length=50,
        help_text=_("As the register has it. Record the incident first if it is not there yet."),
        widget=forms.TextInput({"class": "w-m", "dir": "ltr"}),
        error_messages={"required": _("Give the reference of the incident.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_reference(self) -> Incident:
        """The incident, if this person may see it."""
        typed = self.cleaned_data["reference"].strip().upper()
        incident = Incident.objects.visible_to(self.user).filter(reference=typed).first()
        if incident is None:
            raise ValidationError(
                _("No incident that you may see has this reference."), code="absent"
            )
        return incident
