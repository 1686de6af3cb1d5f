"""Forms of section E."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.choices import Counterfactual, FindingKind
from reviews.forms.base import SHORT, RowForm
from reviews.forms.fields import GradeField
from reviews.models import FailureCategory, Finding


def category_choices() -> list[tuple[Any, Any]]:
    """The stages, and under each its ways of failing."""
    rows = list(FailureCategory.objects.in_use().order_by("code"))
    by_stage: dict[int | None, list[FailureCategory]] = {}
    for row in rows:
        by_stage.setdefault(row.parent_id, []).append(row)
    groups: list[tuple[Any, Any]] = [("", _("Not coded yet"))]
    for stage in by_stage.get(None, []):
        options = [(stage.code, f"{stage.code} {stage.label}")]
        options += [(row.code, f"{row.code} {row.label}") for row in by_stage.get(stage.pk, [])]
        groups.append((f"{stage.code} {stage.label}", options))
    return groups


class FindingForm(RowForm):
    """E: a strength, a failure, a gap."""

    content = ("title",)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=FindingKind.choices, initial=FindingKind.FAILURE
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=FailureCategory.objects.in_use(),
        to_field_name="code",
        required=False,
        help_text=_("Where in the chain it failed, or held."),
    )
    counterfactual = forms.ChoiceField(
        label=_("Had this held, would harm have been less?"),
        choices=Counterfactual.choices,
        initial=Counterfactual.UNKNOWN,
        widget=forms.RadioSelect,
    )
    grade = GradeField(help_text=_("Of the evidence: source A to F, then information 1 to 6."))

    class Meta:
        model = Finding
        fields = (
            "kind", "title", "category", "phase", "expected", "happened", "evidence",
            "counterfactual",
        )  # fmt: skip
        labels = {
            "title": _("Finding, in one sentence"),
            "phase": _("Phase"),
            "expected": _("What was expected"),
            "happened": _("What happened"),
            "evidence": _("What shows it"),
        }
        widgets = {
            "expected": forms.Textarea(SHORT),
            "happened": forms.Textarea(SHORT),
            "evidence": forms.Textarea(SHORT),
        }
        error_messages = {"title": {"required": _("State the finding in one sentence.")}}

    field_order = (
        "kind", "title", "category", "phase", "expected", "happened", "evidence", "grade",
    )  # fmt: skip

    def prepare(self) -> None:
        """The two-level list of categories, in the language of the page."""
        self.fields["category"].choices = category_choices()  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            self.initial["grade"] = self.instance.grade
            if self.instance.category is not None:
                self.initial["category"] = self.instance.category.code

    def values(self) -> dict[str, Any]:
        """The finding with its grade in parts."""
        return self.graded(super().values())
