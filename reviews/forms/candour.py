"""Forms of candour: a statement, an invitation to give one, a summary of several."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.forms import Form
from reviews.forms.review import MemberForm
from reviews.forms.words import OWN_WORDS, Once
from reviews.selectors import Statement


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People by post and agency."""

    def label_from_instance(self, obj: User) -> str:
        """The post."""
        return obj.post_line()


class Heard(Form):
    """Names who alone will read it."""

    facilitator = PersonField(
        User.objects.none(),
        label=_("Facilitator who alone reads it"),
        empty_label=None,
        error_messages={"required": _("Choose a facilitator of this review.")},
    )

    def __init__(self, *args: Any, facilitators: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["facilitator"]
        if isinstance(field, PersonField):
            field.queryset = User.objects.filter(pk__in=[each.pk for each in facilitators])


class SpeakForm(Once):
    """A candid statement of somebody who was invited."""

    text = forms.CharField(
        label=_("What the facilitator should know"),
        widget=forms.Textarea({"rows": 8}),
        help_text=_("What happened and how, in your own words. Leave out names."),
        error_messages=OWN_WORDS,
    )


class StatementForm(SpeakForm, Heard):
    """A candid statement of somebody on the team."""

    field_order = ("facilitator", "text")


class InviteForm(Heard):
    """Who is asked to speak on this one review, and about what."""

    email = forms.EmailField(
        label=_("E-mail of the person"),
        error_messages={"required": _("Give the e-mail they sign in with.")},
    )
    about = forms.CharField(
        label=_("About what it is"),
        required=False,
        max_length=200,
        help_text=_("They read nothing of the review but this line and its number."),
    )

    field_order = ("email", "facilitator", "about")
    clean_email = MemberForm.clean_email


class ThemeForm(Form):
    """What several contributors said, and on which statements that rests."""

    text = forms.CharField(
        label=_("What they said, in your words"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It is printed after “3 contributors said:”. Nobody may be known by it."),
        error_messages=OWN_WORDS,
    )
    statements = forms.TypedMultipleChoiceField(
        label=_("Statements that it rests on"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, told: list[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statements"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [
                (each.row.pk, _short(each)) for each in told if each.row.withdrawn_at is None
            ]


def _short(each: Statement) -> str:
    words = (each.words or "").replace("\n", " ")
    return f"{each.row.author.post}: {words[:80]}{'…' if len(words) > 80 else ''}"
