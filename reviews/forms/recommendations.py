"""Forms of section F."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.forms import DayInput
from reviews.choices import CapabilityElement
from reviews.forms.base import SHORT, RowForm
from reviews.models import NationalPlanPoint, Recommendation, RecommendationCategory


class RecommendationForm(RowForm):
    """F: one thing, one post, one day. What is unfinished is saved; the quality gate names it."""

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

    elements = forms.MultipleChoiceField(
        label=_("Capability element"),
        choices=CapabilityElement.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Which lever repairs it; one or several."),
    )
    plan_points = forms.ModelMultipleChoiceField(
        label=_("Points of the National Action Plan"),
        queryset=NationalPlanPoint.objects.in_use().order_by("plan", "id"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    folded = (
        "priority", "authority", "cost", "elements", "is_quick_fix", "done_date", "source_number",
        "source_reference", "issued_date", "addressed_to", "is_monitored", "monitored_number",
        "monitored_by", "status_published", "plan_points",
    )  # fmt: skip

    class Meta:
        model = Recommendation
        fields = (
            "text", "category", "owner_post", "owner_agency", "due_date", "closure_criterion",
            "findings", "priority", "authority", "cost", "elements", "is_quick_fix", "done_date",
            "source_number", "source_reference", "issued_date", "addressed_to", "is_monitored",
            "monitored_number", "monitored_by", "status_published", "plan_points",
        )  # fmt: skip
        labels = {
            "text": _("What is to be done"),
            "owner_post": _("Owner: one post"),
            "due_date": _("Due"),
            "closure_criterion": _("Closed when"),
            "findings": _("Answers finding"),
            "priority": _("Priority"),
            "authority": _("Who is able to decide it"),
            "cost": _("Cost"),
            "is_quick_fix": _("A quick fix, done already"),
            "done_date": _("Done on"),
            "is_monitored": _("Monitored: asked about after 90, 180, 270 and 365 days"),
            "source_number": _("Number in the source"),
            "source_reference": _("Place in the source"),
            "issued_date": _("Made on"),
            "addressed_to": _("Addressed to, in the words of the source"),
            "monitored_number": _("Number as monitored"),
            "monitored_by": _("Monitored by"),
            "status_published": _("Status, in the words of the source"),
        }
        help_texts = {
            "text": _("Begin with a verb that can be seen to be done: search, write, train."),
            "owner_post": _("One post that can decide it, such as “SP Headquarters”."),
            "closure_criterion": _("What can be seen or counted when it is done."),
            "cost": _("Once, in rupees of this year."),
            "source_number": _(
                "Where it is quoted from a published inquiry: its number there. "
                "Its wording then stays as it was published."
            ),
            "addressed_to": _("All whom it names. The owner above is the one post that answers."),
            "monitored_number": _("One such number may stand for several recommendations."),
            "monitored_by": _("Who asks after it, where that is not the issuer of this review."),
        }
        widgets = {
            "addressed_to": forms.Textarea(SHORT),
            "issued_date": DayInput,
            "text": forms.Textarea(SHORT),
            "closure_criterion": forms.Textarea(SHORT),
            "due_date": DayInput,
            "done_date": DayInput,
            "findings": forms.CheckboxSelectMultiple,
        }
        error_messages = {"text": {"required": _("Say what is to be done.")}}

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
        for name in ("priority", "authority", "cost"):
            field: Any = self.fields[name]
            field.choices = [("", _("Not said")), *field.choices[1:]]
        points: Any = self.fields["plan_points"]
        points.label_from_instance = lambda each: f"{each.code} {each.label}"
        if not points.queryset:
            del self.fields["plan_points"]
