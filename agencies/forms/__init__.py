"""Forms of people, their posts, and sharing groups; those of the door are in `signing`."""

from agencies.forms.groups import AgencyForm, GroupForm
from agencies.forms.people import (
    AddPersonForm,
    GivePostForm,
    NewPasswordForm,
    PersonForm,
    PostForm,
)

__all__ = [
    "AddPersonForm",
    "AgencyForm",
    "GivePostForm",
    "GroupForm",
    "NewPasswordForm",
    "PersonForm",
    "PostForm",
]
