"""Forms of people, their posts, and of signing in."""

from agencies.forms.groups import AgencyForm, GroupForm
from agencies.forms.people import AddPersonForm, GivePostForm, PasswordForm, PersonForm, PostForm
from agencies.forms.signing import SignInForm

__all__ = [
    "AddPersonForm",
    "AgencyForm",
    "GivePostForm",
    "GroupForm",
    "PasswordForm",
    "PersonForm",
    "PostForm",
    "SignInForm",
]
