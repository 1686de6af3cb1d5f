"""Forms of section F."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.forms import DayInput
from reviews import rules
from reviews.forms.base import SHORT, RowForm
from reviews.models import Recommendation, RecommendationCategory


class RecommendationForm(RowForm):
    """F: one thing, one post, one day."""

    content = ("text",)
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=RecommendationCategory.objects.in_use().order_by("code"),
        to_field_name="code",
        required=False,
        empty_label=_("Not coded yet"),
    )
    owner_agency = forms.ModelChoiceField(
        label=_("Owner’s agency"),
        queryset=Agency.objects.active().order_by("name"),
        required=False,
        empty_label=_("Not known"),
    )

    class Meta:
        model = Recommendation
        fields = (
            "text", "category", "owner_post", "owner_agency", "due_date", "closure_criterion",
            "findings",
        )  # fmt: skip
        labels = {
            "text": _("What is to be done"),
            "owner_post": _("Owner: one post"),
            "due_date": _("Due"),
            "closure_criterion": _("Closed when"),
            "findings": _("Answers finding"),
        }
        help_texts = {
            "owner_post": _("One post that can decide it, such as “SP Headquarters”."),
            "closure_criterion": _("What can be seen or counted when it is done."),
        }
        widgets = {
            "text": forms.Textarea(SHORT),
            "closure_criterion": forms.Textarea(SHORT),
            "due_date": DayInput,
            "findings": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "text": {"required": _("Say what is to be done.")},
            "owner_post": {"required": rules.OWNER_IS_NOBODY},
            "due_date": {"required": _("Give the day by which it is to be done.")},
        }

    def prepare(self) -> None:
        """Findings of this review only."""
        findings: Any = self.fields["findings"]
        findings.queryset = self.review.findings.order_by("number")
        findings.label_from_instance = lambda each: f"{each.number}. {each.title}"
        if not findings.queryset:
            del self.fields["findings"]
        self.fields["owner_agency"].label_from_instance = lambda each: each.label  # type: ignore[attr-defined]
        self.fields["category"].label_from_instance = (  # type: ignore[attr-defined]
            lambda each: f"{each.code} {each.label}"
        )
        if self.instance.pk is not None and self.instance.category is not None:
            self.initial["category"] = self.instance.category.code

    def clean_owner_post(self) -> str:
        """One post, not a crowd."""
        owner: str = self.cleaned_data["owner_post"]
        if rules.names_nobody(owner):
            raise forms.ValidationError(str(rules.OWNER_IS_NOBODY))
        return owner

    def clean_due_date(self) -> Any:
        """A day that can still be met, or the one that was agreed before."""
        due = self.cleaned_data["due_date"]
        if due < timezone.localdate() and due != self.instance.due_date:
            raise forms.ValidationError(str(rules.DUE_IS_PAST))
        return due
