"""Saying that two incidents are related, or that they are not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.forms import Form
from incidents.choices import RelationKind
from incidents.models import Incident


class OtherField(Form):
    """The other incident, by its reference."""

    reference = forms.CharField(
        label=_("Reference of the other incident"),
        max_length=40,
        help_text=_("As it stands at the top of its page."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_reference(self) -> Incident:
        """The incident that is meant; an unseen one and none at all are told alike."""
        typed: str = self.cleaned_data["reference"]
        seen = Incident.objects.visible_to(self.by).standing()
        other = seen.filter(reference__in={typed, typed.upper()}).first()
        if other is None:
            raise forms.ValidationError(_("No incident with this reference is open to you."))
        return other


class RelateForm(OtherField):
    """How the two are related."""

    kind = forms.ChoiceField(
        label=_("How they are related"), choices=RelationKind, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What it rests on. Whoever may read both incidents reads it."),
    )


class NotRelatedForm(OtherField):
    """Why the two are not related."""

    reason = forms.CharField(
        label=_("Why they are not related"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakeBackForm(Form):
    """Why what was said is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
