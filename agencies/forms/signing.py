from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail and password; the refusal never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "The e-mail address and the password do not belong together. "
            "Check both; capital letters count in the password."
        ),
        "inactive": _("This account has been closed. Ask your agency's admin."),
    }
