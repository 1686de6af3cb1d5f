"""Forms of section E."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import Precision, YesNoUnknown
from reviews import rules
from reviews.choices import (
    Confidence,
    Counterfactual,
    FindingKind,
    Probability,
    Severity,
)
from reviews.forms.base import SHORT, RowForm
from reviews.forms.fields import ClockField, ClockTime, GradeField
from reviews.forms.moment_parts import clock_of, last_day, precision_of
from reviews.models import FailureCategory, Finding

# Asked together or not at all.
MOMENT = frozenset({"on_date", "clock", "until_date"})


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
    folded = (
        *("source_number", "source_reference", "source_words"),
        *("on_date", "clock", "until_date"),
        *("other_categories", "expected_in", "probability", "confidence"),
        *("counterfactual_why", "severity", "severity_published"),
        *("known_before", "known_since", "known_from"),
    )
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
    other_categories = forms.CharField(
        label=_("Other categories"),
        max_length=200,
        required=False,
        help_text=_("Codes with commas between them, such as F06.2, F07.4."),
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Severity.choices,
        initial=Severity.UNKNOWN,
        help_text=_(
            "How much it bore on the harm, for better or for worse. A strength is weighed by the "
            "harm it spared."
        ),
    )
    known_before = forms.ChoiceField(
        label=_("Was the problem known before the incident?"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
        widget=forms.RadioSelect,
    )
    clock = ClockField(
        label=_("Time"), help_text=_("As 2231, c2231 or 2209-2231; leave it empty if not known.")
    )
    grade = GradeField(help_text=_("Of the evidence: source A to F, then information 1 to 6."))

    class Meta:
        model = Finding
        fields = (
            "kind", "title", "source_number", "source_reference", "source_words", "on_date",
            "until_date", "category", "phase", "expected", "expected_in",
            "happened", "evidence", "probability", "confidence", "counterfactual",
            "counterfactual_why", "severity_published", "severity", "known_before",
            "known_since", "known_from",
        )  # fmt: skip
        labels = {
            "title": _("Finding, in one sentence"),
            "source_number": _("Number in the source"),
            "source_reference": _("Reference in the source"),
            "source_words": _("Finding, in the words of the source"),
            "on_date": _("Day of it"),
            "until_date": _("Until, if another day"),
            "phase": _("Phase"),
            "expected": _("What was expected"),
            "expected_in": _("Where that is laid down"),
            "happened": _("What happened"),
            "evidence": _("What shows it"),
            "probability": _("How likely it is that this is so"),
            "confidence": _("Confidence in that judgement"),
            "counterfactual_why": _("Why that is thought, in a sentence"),
            "severity_published": _("Severity, in the words of the source"),
            "known_since": _("Known since"),
            "known_from": _("Which earlier review said so"),
        }
        help_texts = {
            "source_reference": _("Volumes, chapters and paragraphs of a published inquiry."),
            "source_words": _("As published, word for word; the sentence above may be shorter."),
            "on_date": _("When it happened or was missed, where that is one moment."),
            "expected_in": _("Plan, order, standard or law, with its paragraph."),
            "known_since": _("A day, a year, or the event that showed it."),
            "known_from": _("Its reference, and the finding or recommendation there."),
        }
        widgets = {
            "on_date": DayInput,
            "until_date": DayInput,
            "source_words": forms.Textarea(SHORT),
            "expected": forms.Textarea(SHORT),
            "happened": forms.Textarea(SHORT),
            "evidence": forms.Textarea(SHORT),
            "counterfactual_why": forms.Textarea(SHORT),
        }
        error_messages = {"title": {"required": _("State the finding in one sentence.")}}

    field_order = (
        "kind", "title", "category", "phase", "expected", "happened", "evidence", "grade",
        "counterfactual", "counterfactual_why", "severity", "severity_published",
        "probability", "confidence", "known_before", "known_since", "known_from",
        "on_date", "clock", "until_date", "expected_in", "other_categories", "source_number",
        "source_reference", "source_words",
    )  # fmt: skip

    def prepare(self) -> None:
        """The two-level list of categories, in the language of the page.

        A shorter form need not ask what comes later: what was not asked stays as it is.
        """
        if self.is_bound:
            self._drop_what_was_not_asked()
        self.fields["category"].choices = category_choices()  # type: ignore[attr-defined]
        for name, choices in (("probability", Probability), ("confidence", Confidence)):
            if name in self.fields:
                self.fields[name].choices = [("", _("Not judged")), *choices.choices]  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            self.initial["grade"] = self.instance.grade
            if self.instance.at_time is not None:
                self.initial["clock"] = str(clock_of(self.instance))
            codes = self.instance.other_categories.order_by("code").values_list("code", flat=True)
            self.initial["other_categories"] = ", ".join(codes)
            if self.instance.category is not None:
                self.initial["category"] = self.instance.category.code

    def _drop_what_was_not_asked(self) -> None:
        asked = {name for name in self.folded if self.add_prefix(name) in self.data}
        if asked & MOMENT:
            asked |= MOMENT
        for name in set(self.folded) - asked:
            del self.fields[name]

    def clean_other_categories(self) -> list[FailureCategory]:
        """The categories that the codes mean."""
        typed = re.split(r"[\s,;،]+", self.cleaned_data["other_categories"].upper().strip(" ,;،"))
        codes = list(dict.fromkeys(each for each in typed if each))
        found = FailureCategory.objects.in_use().in_bulk(codes, field_name="code")
        unknown = [each for each in codes if each not in found]
        if unknown:
            raise forms.ValidationError(
                _("No category has the code %(codes)s. The list above gives them."),
                params={"codes": ", ".join(unknown)},
            )
        return [found[each] for each in codes]

    def clean(self) -> dict[str, Any]:
        """Since when is for what was known."""
        data = super().clean() or self.cleaned_data
        said = data.get("known_since") or data.get("known_from")
        if said and data.get("known_before") != YesNoUnknown.YES:
            self.add_error(
                "known_before",
                _("Since when, and from which review, is for a problem that was known before."),
            )
        for field, sentence in self._broken_moment(data):
            self.add_error(field, sentence)
        return data

    def _broken_moment(self, data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        day, until, clock = data.get("on_date"), data.get("until_date"), data.get("clock")
        if MOMENT.intersection(self.errors):
            return
        today = timezone.localdate()
        for name in ("on_date", "until_date"):
            if data.get(name) is not None and data[name] > today:
                yield name, str(rules.DAY_IS_AHEAD)
        if day is None and (until is not None or clock is not None):
            yield "on_date", _("Give the day as well as the time.")
        elif day is not None and until is not None and until < day:
            yield "until_date", str(rules.ENDS_BEFORE_START)
        elif clock is not None and clock.end is None and until is not None and until > day:
            yield "clock", _("It lasted to another day: give the time of its end, as 2350-0020.")

    def values(self) -> dict[str, Any]:
        """The finding with its grade in parts, its moment in the columns that hold it."""
        values = self.graded(super().values())
        if "clock" not in values:
            return values
        clock: ClockTime | None = values.pop("clock")
        day, until = values["on_date"], values["until_date"]
        values["precision"] = self._precise(clock, day, until)
        values["at_time"] = clock.start if clock else None
        values["until_time"] = clock.end if clock else None
        values["until_date"] = last_day(clock, day, until)
        return values

    def _precise(self, clock: ClockTime | None, day: date | None, until: date | None) -> str:
        """As typed; what is known to the month or the year alone stays so while its day does."""
        held = self.instance
        vague = held.precision in (Precision.MONTH, Precision.YEAR)
        same = clock is None and until is None and day is not None
        if vague and same and day == self.initial.get("on_date"):
            return str(held.precision)
        return precision_of(clock, "", day=day, until=until)
