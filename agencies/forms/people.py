"""Forms of people and their posts. What is offered depends on who fills the form."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies import policies
from agencies.choices import Classification, Role
from agencies.forms.groups import offer_agencies
from agencies.models import Agency, User
from core.forms import Form
from places.models import Area
from places.selectors import area_choices

NOT_OFFERED = _("Choose one from the list.")


class AdminForm(Form):
    """A form that offers what the admin who fills it may give."""

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(by)

    def offer(self, by: User) -> None:
        """Fill the choices with what `by` may give."""


class PersonForm(AdminForm):
    """Who it is and what they are cleared to."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Only admins see it. Everybody else sees the post."),
        max_length=120,
    )
    clearance = forms.ChoiceField(
        label=_("Cleared to"),
        help_text=_("The highest classification this person may read, in whichever post."),
        error_messages={"invalid_choice": NOT_OFFERED},
    )

    def offer(self, by: User) -> None:
        super().offer(by)
        offered = policies.clearances_to_give(by)
        # What a person holds already stays on offer, even where it could not be given again.
        held = Classification(self.initial.get("clearance", Classification.UNMARKED))
        self.fields["clearance"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in Classification if each in {*offered, held}
        ]

    def clean_clearance(self) -> Classification:
        return Classification(self.cleaned_data["clearance"])


class PostForm(AdminForm):
    """A post: what it is called, what it is here to do, and its ground."""

    post = forms.CharField(
        label=_("Post"),
        help_text=_("Pages show it beside what the person does, such as DIG, Kalat Range."),
        max_length=120,
    )
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"invalid_choice": NOT_OFFERED}
    )
    areas = forms.TypedMultipleChoiceField(
        label=_("Answers for"),
        help_text=_("Choose none for the whole agency. Hold Ctrl to choose several."),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        error_messages={"invalid_choice": NOT_OFFERED},
    )

    def offer(self, by: User) -> None:
        super().offer(by)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in policies.roles_to_give(by)
        ]
        self.fields["areas"].choices = area_choices()  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_areas(self) -> list[Area]:
        return list(Area.objects.filter(pk__in=self.cleaned_data["areas"]).defer("shape"))


class GivePostForm(PostForm):
    """A post in an agency that the admin keeps."""

    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.none(),
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    field_order = ["agency", "post", "role", "areas"]

    def offer(self, by: User) -> None:
        super().offer(by)
        agencies = Agency.objects.active().order_by("name")
        if by.role != Role.SYSTEM_ADMIN:
            agencies = agencies.filter(pk=by.agency_id)
            self.fields["agency"].initial = by.agency_id
        offer_agencies(self.fields["agency"], agencies)


class AddPersonForm(GivePostForm, PersonForm):
    """A new person with their first post."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The person signs in with it. It cannot be changed later."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocapitalize": "none"}),
        error_messages={"invalid": _("This is not an e-mail address.")},
    )
    field_order = ["email", "name", "agency", "post", "role", "areas", "clearance"]


class NewPasswordForm(Form):
    """A new password, twice."""

    first = forms.CharField(
        label=_("New password"),
        help_text=_("12 characters or more. Four words that do not belong together are good."),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    second = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_first(self) -> str:
        password: str = self.cleaned_data["first"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """The two must be alike."""
        said = self.cleaned_data
        if said.get("first") and said.get("second") and said["first"] != said["second"]:
            self.add_error("second", ValidationError(_("The two passwords differ.")))
        return said
