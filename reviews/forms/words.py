"""Forms of section I: dissent and its answer, the word of an agency, fair notice."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.forms import Form
from reviews import selectors
from reviews.choices import Concur, DissentKind, PassageKind
from reviews.models import Review

OWN_WORDS = {"required": _("Say it in your own words.")}


class Once(Form):
    """A form whose second click changes nothing."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Agencies by their name in the language of the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Agency.objects.none(), **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        """Its name."""
        return obj.label


class PassageField(forms.ChoiceField):
    """A passage of one review, or the whole of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def of(self, review: Review) -> None:
        """Offer the passages of this review, kind by kind."""
        found = selectors.passages(review)
        groups = [
            (kind.label, [(each.value, each.label) for each in found if each.kind == kind])
            for kind in PassageKind
        ]
        self.choices = [("", _("The whole review")), *(each for each in groups if each[1])]

    def clean(self, value: Any) -> tuple[str, str]:
        """Kind and key; twice nothing for the whole review."""
        kind, _colon, key = str(super().clean(value) or "").partition(":")
        return kind, key


class DissentForm(Once):
    """A comment or dissent in one's own words."""

    kind = forms.ChoiceField(
        label=_("What it disputes"), choices=DissentKind.choices, initial=DissentKind.FACT
    )
    passage = PassageField(label=_("Which passage"))
    about = forms.CharField(
        label=_("Which words of it"),
        required=False,
        max_length=120,
        help_text=_("Such as “finding 2” or “entry at 16:26”."),
    )
    text = forms.CharField(
        label=_("In your words"), widget=forms.Textarea({"rows": 4}), error_messages=OWN_WORDS
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passage = self.fields["passage"]
        if isinstance(passage, PassageField):
            passage.of(review)

    def values(self) -> dict[str, Any]:
        """What the action is told."""
        said = dict(self.cleaned_data)
        said["passage"], said["passage_key"] = said["passage"]
        return said


class AnswerForm(Once):
    """The lead's or the facilitator's answer to a dissent."""

    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what you answer.")},
    )


def offer(form: Form, agencies: QuerySet[Agency]) -> None:
    """Offer these agencies in the field `agency`."""
    field = form.fields["agency"]
    if isinstance(field, AgencyField):
        field.queryset = agencies.order_by("name", "pk")


class AskForm(Form):
    """Which agency is asked for its word, and by when."""

    agency = AgencyField(
        label=_("Agency"),
        error_messages={"required": _("Choose another agency that is active here.")},
    )
    due_date = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": _("Give a day that is still to come.")},
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = review.consultations.values("agency")
        others = Agency.objects.active().exclude(pk=review.agency_id).exclude(pk__in=asked)
        offer(self, others)


class WordForm(DissentForm):
    """An agency's word: it concurs, concurs with comment, or dissents."""

    word = forms.ChoiceField(
        label=_("Your agency’s word"),
        choices=Concur.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    kind = forms.ChoiceField(
        label=_("What it disputes"),
        required=False,
        choices=[
            ("", _("Nothing")),
            *(each for each in DissentKind.choices if each[0] != DissentKind.COMMENT),
        ],
        help_text=_("Only with a dissent."),
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed with a comment or a dissent; kept as you write it."),
    )

    field_order = ("word", "kind", "passage", "about", "text")


class NoticeForm(Once):
    """Which passage goes to which body, and until when it may reply."""

    finding_number = forms.TypedChoiceField(
        label=_("Finding"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("They are given the finding as it stands now, and nothing else."),
    )
    words = forms.CharField(
        label=_("Or only these words"), required=False, widget=forms.Textarea({"rows": 4})
    )
    agency = AgencyField(
        label=_("Agency here"),
        required=False,
        help_text=_("Its commanders read the passage here and reply here."),
    )
    name = forms.CharField(
        label=_("Or a body outside"),
        required=False,
        max_length=120,
        help_text=_("You send it to them; you enter their reply with its source."),
    )
    post = forms.CharField(
        label=_("To which post"),
        max_length=120,
        error_messages={"required": _("Name the post that is given it.")},
    )
    due_date = forms.DateField(
        label=_("Reply by"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": _("Give a day that is still to come.")},
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = review.findings.order_by("number").values_list("number", "title")
        number = self.fields["finding_number"]
        if isinstance(number, forms.TypedChoiceField):
            number.choices = [("", _("None")), *((n, f"{n} · {title}") for n, title in rows)]
        offer(self, Agency.objects.active())


class ReplyForm(Once):
    """What an agency replies to the passage that it was given."""

    text = forms.CharField(
        label=_("Your agency’s reply"),
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Give the reply in its own words.")},
    )


class OutsideReplyForm(Once):
    """What a body outside wrote."""

    text = forms.CharField(
        label=_("The reply, as they wrote it"),
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Give the reply in its own words.")},
    )
    said_on = forms.DateField(
        label=_("Date of the reply"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": _("Give the date of the reply.")},
    )
    source = forms.CharField(
        label=_("Where it is: letter, number"),
        max_length=200,
        error_messages={"required": _("Say where the reply is: the letter and its number.")},
    )
