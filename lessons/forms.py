"""The forms of lessons: what a lesson says, where it applies, how far it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from core.forms import Form
from incidents.choices import Occasion, TargetType
from lessons.choices import LessonKind, LessonState
from places.selectors import area_choices
from reviews.models import FailureCategory

Choices = list[tuple[Any, Any]]
ANY = ("", _("Any"))


def category_choices(*, empty: Any) -> Choices:
    """Categories in use, each under its stage of the chain."""
    categories: list[Any] = list(FailureCategory.objects.in_use().order_by("code"))
    stages = [each for each in categories if each.parent_id is None]
    return [
        ("", empty),
        *(
            (
                f"{stage.code} {stage.label}",
                [
                    (each.pk, f"{each.code} {each.label}")
                    for each in categories
                    if stage.pk in (each.pk, each.parent_id)
                ],
            )
            for stage in stages
        ),
    ]


def _whole(value: str) -> int:
    return int(value)


class LessonForm(Form):
    """A lesson in its four parts, where it applies, and its marking."""

    title = forms.CharField(
        label=_("The lesson, in one line"),
        help_text=_("What somebody elsewhere should know or do. No names of people."),
        max_length=160,
        widget=forms.TextInput(attrs={"class": "wide-btn"}),
    )
    title_ur = forms.CharField(
        label=_("The same line in Urdu"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"class": "wide-btn", "dir": "auto"}),
    )
    observation = forms.CharField(
        label=_("What was seen"),
        help_text=_("Taken from the findings. Write it so that it can be read without them."),
        widget=forms.Textarea,
        max_length=5000,
    )
    discussion = forms.CharField(
        label=_("Why it matters"),
        help_text=_("Why it went so, and why it could go so elsewhere."),
        widget=forms.Textarea,
        max_length=5000,
        required=False,
    )
    conclusion = forms.CharField(
        label=_("What follows"), widget=forms.Textarea, max_length=5000, required=False
    )
    recommendation = forms.CharField(
        label=_("What to do"),
        help_text=_("One thing that a post can do, and how it is seen to be done."),
        widget=forms.Textarea,
        max_length=5000,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=LessonKind.choices, widget=forms.RadioSelect)
    category_id = forms.TypedChoiceField(
        label=_("Category"), coerce=_whole, empty_value=None, required=False
    )
    area_ids = forms.TypedMultipleChoiceField(
        label=_("Where it applies"),
        help_text=_("Choose none if it applies everywhere. Hold Ctrl to choose several."),
        coerce=_whole,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    target_type = forms.ChoiceField(
        label=_("What it protects"), choices=[ANY, *TargetType.choices], required=False
    )
    occasion = forms.ChoiceField(
        label=_("On which occasion"), choices=[ANY, *Occasion.choices], required=False
    )
    tlp = forms.ChoiceField(label=_("TLP"))
    classification = forms.ChoiceField(label=_("Classification"))
    caveats = forms.MultipleChoiceField(
        label=_("Caveats"),
        choices=Caveat.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stands_alone = forms.BooleanField(
        label=_("The text stands alone"),
        help_text=_(
            "Declare this to mark the lesson lower than a review it was drawn from: nothing in it"
            " is known only from that review."
        ),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cleared = Classification.up_to(user.clearance)
        choices: dict[str, Choices] = {
            "category_id": category_choices(empty=_("Not decided")),
            "area_ids": area_choices(),
            "tlp": [(each.value, each.label) for each in TLP if each != TLP.RED],
            "classification": [
                (each.value, each.label)
                for each in allowed_classifications()
                if each.value in cleared
            ],
        }
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = values
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                # English and Urdu are both written on pages of either language.
                field.widget.attrs.setdefault("dir", "auto")


class ChangeForm(LessonForm):
    """The same, knowing which version it was read at."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)


class DrawForm(LessonForm):
    """The same, knowing its findings, and itself: a second click draws nothing more."""

    finding = forms.TypedMultipleChoiceField(coerce=_whole, widget=forms.MultipleHiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, finding_ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["finding"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(pk, pk) for pk in finding_ids]


class RejectForm(Form):
    """Why a lesson is rejected."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Its writer reads this. It stays with the lesson."),
        error_messages={"required": _("Say why, so that its writer can learn from it.")},
        widget=forms.Textarea,
        max_length=2000,
    )


class EndorseForm(Form):
    """Which version the commander read."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)


class FilterForm(Form):
    """The filters of the list."""

    q = forms.CharField(
        label=_("Search words or reference"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    category = forms.TypedChoiceField(
        label=_("Category"), coerce=_whole, empty_value=None, required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *LessonState.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *LessonKind.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        if isinstance(field, forms.ChoiceField):
            field.choices = category_choices(empty=ANY[1])
