"""Forms of sections I and J: dissent and signatures."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from reviews.choices import DissentKind


class ReturnForm(Form):
    """What is to be put right."""

    comment = forms.CharField(
        label=_("What is to be put right"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what is to be put right.")},
    )


class ApproveForm(Form):
    """A word with the approval."""

    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea({"rows": 3})
    )


class DissentForm(Form):
    """A comment or dissent in one's own words."""

    kind = forms.ChoiceField(
        label=_("What it disputes"), choices=DissentKind.choices, initial=DissentKind.FACT
    )
    about = forms.CharField(
        label=_("Which passage"),
        required=False,
        max_length=120,
        help_text=_("Such as “finding 2” or “entry at 16:26”."),
    )
    text = forms.CharField(
        label=_("In your words"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say it in your own words.")},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
