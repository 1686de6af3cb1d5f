"""Single facts that are added to an incident afterwards: sources, claims, what is reported."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents import rules
from incidents.choices import Basis, ClaimKind, FactTopic
from incidents.details import SourceDetails
from incidents.forms._parts import (
    GradeFields,
    Refusable,
    Said,
    SourceFields,
    WhenFields,
    today,
)


class SourceForm(GradeFields, Said):
    """A source and its grade."""

    title = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Paper, page, unit or post.")
    )
    url = forms.URLField(
        label=_("Its address"), max_length=1000, required=False, assume_scheme="https"
    )
    published = forms.CharField(
        label=_("Published"), max_length=20, required=False, help_text=_("As printed: 2023-09-29")
    )
    field_order = ("title", "url", "published", "reliability", "credibility")

    def values(self) -> dict[str, Any]:
        return {"source": SourceDetails(**self.cleaned_data)}


class ClaimForm(SourceFields):
    """What was said about who did it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ClaimKind, widget=forms.RadioSelect)
    who = forms.CharField(
        label=_("Who"), max_length=200, required=False, help_text=_("A group or a post, no names.")
    )
    what = forms.CharField(label=_("What was said"), max_length=300, required=False)
    as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    field_order = ("kind", "who", "what", "as_of", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") not in (None, ClaimKind.NO_CLAIM) and not cleaned.get("who"):
            self.add_error("who", _("Say who said it."))
        if cleaned.get("as_of") and cleaned["as_of"] > today():
            self.add_error("as_of", _("This date is in the future."))
        return cleaned


class FactForm(SourceFields):
    """One thing reported."""

    topic = forms.ChoiceField(label=_("Topic"), choices=FactTopic)
    text = forms.CharField(
        label=_("Fact"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.ChoiceField(label=_("Rests on"), choices=Basis, initial=Basis.REPORTED)
    field_order = ("topic", "text", "basis")


class LogForm(SourceFields, WhenFields, Refusable):
    """One reported deed, at the moment it is known to."""

    text = forms.CharField(
        label=_("What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("text", "on_date", "precision", "at_time", "until_time", "until_date")

    def broken(self) -> list[rules.Broken]:
        if not self.is_sound(*WhenFields.base_fields):
            return []
        return list(rules.broken_by_when(self.when(), at=timezone.now()))

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "when": self.when(), "source": self.source()}


class QuestionForm(Said):
    """What is not known."""

    text = forms.CharField(label=_("Not known"), max_length=300)
