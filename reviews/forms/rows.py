"""Forms of the lines of a section. Each gives `values()` for its action."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.forms import DayInput, ModelForm
from incidents.choices import Precision
from reviews import rules
from reviews.choices import Counterfactual, FindingKind, InPlace
from reviews.forms.fields import ClockField, ClockTime, GradeField
from reviews.models import (
    Account,
    FailureCategory,
    Finding,
    NetworkRole,
    PlannedMeasure,
    Recommendation,
    RecommendationCategory,
    Review,
    TimelineEntry,
)

PREFIX = "row"
SHORT = {"rows": 2}


class RowForm(ModelForm):
    """A line, with the key that makes a second click harmless and the version it was read at."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    # What somebody types only when they mean to add a line.
    content: ClassVar[tuple[str, ...]] = ("text",)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", PREFIX)
        super().__init__(*args, **kwargs)
        self.review = review
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("version", self.instance.version if self.instance.pk else None)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and field.required:
                field.error_messages["required"] = _("Choose one.")
        self.prepare()

    def prepare(self) -> None:
        """What a kind of line sets up for itself."""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed that would be lost."""
        return not any(str(self[name].value() or "").strip() for name in self.content)

    def values(self) -> dict[str, Any]:
        """What the action is told."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("key", "version")
        }

    def graded(self, values: dict[str, Any]) -> dict[str, Any]:
        """The grade in its two parts."""
        grade = values.pop("grade", "")
        return {**values, "reliability": grade[:1], "credibility": grade[1:]}


class MeasureForm(RowForm):
    """B: a planned measure."""

    content = ("text", "laid_down_in", "note")
    in_place = forms.ChoiceField(
        label=_("Was it in place?"), choices=InPlace.choices, initial=InPlace.UNKNOWN
    )

    class Meta:
        model = PlannedMeasure
        fields = ("text", "laid_down_in", "in_place", "rating", "note")
        labels = {
            "text": _("Measure"),
            "laid_down_in": _("Plan, order or standard"),
            "rating": _("How it worked"),
            "note": _("Note"),
        }
        widgets = {"note": forms.Textarea(SHORT)}
        error_messages = {"text": {"required": _("Say which measure was planned.")}}


class RoleForm(RowForm):
    """C: a role and how far it is resolved."""

    content = ("kind", "note")

    class Meta:
        model = NetworkRole
        fields = ("kind", "status", "note")
        labels = {"kind": _("Role"), "status": _("Status"), "note": _("Note")}
        help_texts = {"note": _("No names. Say what is known and what is not.")}
        error_messages = {"kind": {"required": _("Choose the role.")}}


class EntryForm(RowForm):
    """D: one deed, typed fast."""

    content = ("clock", "text", "told")
    clock = ClockField(label=_("Time"))
    precision = forms.ChoiceField(
        label=_("Precise to"),
        required=False,
        choices=[
            ("", _("as the time says")),
            (Precision.MINUTE, _("the minute")),
            (Precision.ABOUT, _("about")),
            (Precision.DAY, _("the day")),
            (Precision.MONTH, _("the month")),
            (Precision.UNKNOWN, _("not known")),
        ],
    )
    grade = GradeField()

    class Meta:
        model = TimelineEntry
        fields = ("on_date", "acting", "text", "told", "kind", "phase", "source")
        labels = {
            "on_date": _("Date"),
            "acting": _("Agency"),
            "text": _("What happened, one deed"),
            "told": _("Agency told"),
            "kind": _("Kind"),
            "phase": _("Phase"),
            "source": _("Source"),
        }
        widgets = {
            "on_date": DayInput,
            "text": forms.TextInput,
            "acting": forms.TextInput({"list": "agencies", "class": ""}),
            "told": forms.TextInput({"list": "agencies", "class": ""}),
            "source": forms.TextInput({"list": "sources", "class": ""}),
        }
        error_messages = {"text": {"required": _("Say what happened in one sentence.")}}

    field_order = ("clock", "precision", "acting", "text", "told", "kind", "phase")

    def prepare(self) -> None:
        """The day of the incident, unless another is given."""
        entry = self.instance
        if entry.pk is None:
            self.initial.setdefault("on_date", self.review.incident.on_date)
            return
        self.initial["grade"] = entry.grade
        self.initial["precision"] = entry.precision
        if entry.at_time is not None:
            about = entry.precision == Precision.ABOUT
            self.initial["clock"] = str(ClockTime(entry.at_time, entry.until_time, about))

    def clean_on_date(self) -> Any:
        """Not a day that is still to come."""
        day = self.cleaned_data["on_date"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(str(rules.DAY_IS_AHEAD))
        return day

    def clean(self) -> dict[str, Any]:
        """The time and its precision must say the same."""
        super().clean()
        data = self.cleaned_data
        clock, precision = data.get("clock"), data.get("precision")
        timed = precision in (Precision.MINUTE, Precision.ABOUT)
        if clock is None and timed and "clock" not in self.errors:
            self.add_error("clock", _("Give the time, or choose that only the day is known."))
        if clock is not None and precision and not timed:
            self.add_error("precision", _("A time is typed: choose the minute or about."))
        if (
            data.get("on_date") is None
            and "on_date" not in self.errors
            and (clock is not None or precision in (Precision.DAY, Precision.MONTH))
        ):
            self.add_error("on_date", _("Give the day, or choose that the time is not known."))
        return data

    def values(self) -> dict[str, Any]:
        """The moment in the columns that hold it."""
        values = self.graded(super().values())
        clock: ClockTime | None = values.pop("clock")
        values["precision"] = _precision(clock, values["precision"], values["on_date"] is not None)
        if values["precision"] == Precision.UNKNOWN:
            values["on_date"] = None
        values["at_time"] = clock.start if clock else None
        values["until_time"] = clock.end if clock else None
        return values


def _precision(clock: ClockTime | None, chosen: str, has_day: bool) -> str:  # noqa: FBT001
    if chosen and not (clock and clock.is_about):
        return chosen
    if clock is not None:
        return Precision.ABOUT if clock.is_about or clock.end else Precision.MINUTE
    return Precision.DAY if has_day else Precision.UNKNOWN


class AccountForm(RowForm):
    """D: one account of an entry on which accounts differ."""

    content = ("by", "said")
    clock = ClockField(label=_("Time they give"))
    grade = GradeField()

    class Meta:
        model = Account
        fields = ("by", "said", "source")
        labels = {"by": _("Account of"), "said": _("What they say"), "source": _("Source")}
        help_texts = {"by": _("The agency or post, not a name.")}
        widgets = {"said": forms.Textarea(SHORT)}
        error_messages = {
            "by": {"required": _("Say whose account it is.")},
            "said": {"required": _("Say what they say.")},
        }

    field_order = ("by", "clock", "said", "source", "grade")

    def prepare(self) -> None:
        """What was typed before."""
        if self.instance.pk is not None:
            self.initial["grade"] = self.instance.grade
            if self.instance.at_time is not None:
                self.initial["clock"] = str(ClockTime(self.instance.at_time))

    def values(self) -> dict[str, Any]:
        """The account with its time."""
        values = self.graded(super().values())
        clock: ClockTime | None = values.pop("clock")
        return {**values, "at_time": clock.start if clock else None}


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


class RecommendationForm(RowForm):
    """F: one thing, one post, one day."""

    content = ("text",)
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=RecommendationCategory.objects.in_use().order_by("code"),
        to_field_name="code",
        required=False,
    )
    owner_agency = forms.ModelChoiceField(
        label=_("Owner’s agency"),
        queryset=Agency.objects.active().order_by("name"),
        required=False,
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
