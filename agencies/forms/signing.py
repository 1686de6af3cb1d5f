"""What is typed at the door. Secrets are never given back to the page."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.forms import Form

LONGEST_PASSWORD = 1000


class SignInForm(AuthenticationForm):
    """E-mail and password; the refusal never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "The e-mail address and the password do not belong together. "
            "Check both; capital letters count in the password."
        ),
        "inactive": _(
            "The e-mail address and the password do not belong together. "
            "Check both; capital letters count in the password."
        ),
    }


def _code_field(**options: Any) -> forms.CharField:
    widget = forms.TextInput(
        {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "dir": "ltr",
            "spellcheck": "false",
            "class": "w-m",
        }
    )
    return forms.CharField(max_length=64, widget=widget, **options)


def _password_field(*, autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": autocomplete, "dir": "ltr", "class": "w-l"})
    return forms.CharField(max_length=LONGEST_PASSWORD, strip=False, widget=widget, **options)


class FactorForm(Form):
    """The second step: six digits of the app, or a recovery code; or the answer of a key."""

    code = _code_field(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        required=False,
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)


class ProofForm(Form):
    """A fresh proof: the password, or the second factor."""

    password = _password_field(label=_("Password"), autocomplete="current-password", required=False)
    code = _code_field(
        label=_("Or a code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        required=False,
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)


class AppForm(Form):
    """The first code of an authenticator app that is being set up."""

    code = _code_field(
        label=_("Code from the app"), help_text=_("The six digits that the app shows now.")
    )


class KeyForm(Form):
    """A security key that is being set up: how its owner calls it, and its answer."""

    name = forms.CharField(
        label=_("Name of the key"),
        max_length=40,
        help_text=_("Such as “blue key on my ring”. You see it when you remove a key."),
    )
    credential = forms.CharField(
        widget=forms.HiddenInput,
        max_length=20_000,
        error_messages={
            "required": _("The key has not answered. Press the button again and touch the key.")
        },
    )


class PasswordForm(Form):
    """The new password, twice. That it is really the owner who asks was proved before."""

    password = _password_field(
        label=_("New password"),
        autocomplete="new-password",
        help_text=_(
            "Twelve characters or more. Four words that do not belong together are easy to keep "
            "and hard to guess."
        ),
    )
    again = _password_field(label=_("New password, again"), autocomplete="new-password")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Strong enough, or the sentence that says why not."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", _("The two passwords differ."))
        return cleaned
