"""Forms of section E: bodies, files and causes of a finding, and ratings of capabilities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from incidents.models import Evidence
from reviews.choices import BodyRole, CauseKind, Rating
from reviews.forms.base import SHORT, RowForm
from reviews.models import CapabilityRating, CauseLink, Finding, FindingBody, FindingEvidence


def numbered(finding: Finding) -> str:
    """A finding as a list of choices names it."""
    return f"{finding.number}. {finding.title}"


class OfFindingForm(RowForm):
    """A line that hangs from a finding, which travels with the form."""

    finding = forms.ModelChoiceField(Finding.objects.none(), widget=forms.HiddenInput)

    def prepare(self) -> None:
        """A finding of this review only."""
        self.fields["finding"].queryset = self.review.findings.order_by("number")  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            self.initial["finding"] = self.home

    @property
    def home(self) -> int:
        """The number in the database of the finding that the line stands under."""
        number: int = self.instance.finding_id
        return number

    def values(self) -> dict[str, Any]:
        """What the action is told; a line that stands already keeps its finding."""
        values = super().values()
        if self.instance.pk is not None:
            values.pop("finding")
        return values


class FindingBodyForm(OfFindingForm):
    """E: a body that a finding is about."""

    content = ("agency", "name")
    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.active().order_by("name"),
        required=False,
        empty_label=_("Another body"),
    )
    role = forms.ChoiceField(
        label=_("Its part"),
        choices=BodyRole.choices,
        initial=BodyRole.PRINCIPAL,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = FindingBody
        fields = ("agency", "name", "post", "role", "note")
        labels = {
            "name": _("Another body, in words"),
            "post": _("Post or unit"),
            "note": _("Its part, in a sentence"),
        }
        help_texts = {
            "name": _("A private company, a foreign body, an office: never a person."),
            "post": _("Where a part of the body is meant. Two posts of one body have two lines."),
            "note": _("What it did, held or lacked; no word of guilt."),
        }

    def prepare(self) -> None:
        """Agencies in the language of the page."""
        super().prepare()
        self.fields["agency"].label_from_instance = lambda each: each.label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two, never both."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("agency")) == bool(data.get("name", "").strip()) and not self.errors:
            self.add_error("agency", _("Choose an agency, or name another body: one of them."))
        return data


class FindingEvidenceForm(OfFindingForm):
    """E: a file that shows what a finding says."""

    content = ("evidence", "shows")

    class Meta:
        model = FindingEvidence
        fields = ("evidence", "shows")
        labels = {"evidence": _("Piece of evidence"), "shows": _("What it shows, and where in it")}
        help_texts = {
            "evidence": _("Files of the incident that you may see; others see those they may."),
            "shows": _("A page, a minute, a place in the picture."),
        }
        error_messages = {"evidence": {"required": _("Choose a piece of evidence.")}}

    def prepare(self) -> None:
        """Pieces of this incident; the view narrows them to what the writer may see."""
        super().prepare()
        pieces: Any = self.fields["evidence"]
        pieces.queryset = Evidence.objects.none()
        pieces.label_from_instance = lambda each: each.title
        if self.instance.pk is not None:
            del self.fields["evidence"]

    def offer(self, pieces: Any) -> None:
        """The pieces that may be chosen."""
        if "evidence" in self.fields:
            self.fields["evidence"].queryset = pieces  # type: ignore[attr-defined]


class CauseLinkForm(OfFindingForm):
    """E: what a finding did to another, told from the page of either."""

    FORWARD, BACK = "forward", "back"
    content = ("other", "text")
    other = forms.ModelChoiceField(
        Finding.objects.none(),
        label=_("The other finding"),
        empty_label=_("Choose a finding"),
        error_messages={"required": _("Choose the other finding.")},
    )
    way = forms.ChoiceField(
        label=_("Which way"),
        choices=[
            (FORWARD, _("This finding did it to the other")),
            (BACK, _("The other did it to this finding")),
        ],
        initial=FORWARD,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What it did"), choices=CauseKind.choices, initial=CauseKind.CONTRIBUTED
    )

    class Meta:
        model = CauseLink
        fields = ("kind", "text")
        labels = {"text": _("How, in a sentence")}

    field_order = ("way", "kind", "other", "text")

    def prepare(self) -> None:
        """The other findings of this review."""
        super().prepare()
        own = self.data.get(self.add_prefix("finding")) or self.initial.get("finding") or 0
        others: Any = self.fields["other"]
        others.queryset = self.review.findings.order_by("number").exclude(
            pk=own if str(own).isdigit() else 0
        )
        others.label_from_instance = numbered
        if self.instance.pk is not None:
            self.initial["other"] = self.instance.effect_id

    @property
    def home(self) -> int:
        """A link stands under its cause."""
        number: int = self.instance.cause_id
        return number

    def values(self) -> dict[str, Any]:
        """Cause and effect, whichever way it was told."""
        values = RowForm.values(self)
        this, other = values.pop("finding"), values.pop("other")
        forward = values.pop("way") == self.FORWARD
        cause, effect = (this, other) if forward else (other, this)
        return {**values, "cause": cause, "effect": effect}


class RatingForm(RowForm):
    """E: how a capability worked."""

    content = ("objective", "reason")
    rating = forms.ChoiceField(
        label=_("How it worked"),
        choices=Rating.choices,
        widget=forms.RadioSelect,
        help_text=_("HSEEP: against the objective and the plan, not against the outcome."),
    )

    class Meta:
        model = CapabilityRating
        fields = ("capability", "objective", "rating", "reason", "findings")
        labels = {
            "capability": _("Capability"),
            "objective": _("What it was to achieve"),
            "reason": _("Why"),
            "findings": _("Findings that explain it"),
        }
        widgets = {
            "reason": forms.Textarea(SHORT),
            "findings": forms.CheckboxSelectMultiple,
        }
        error_messages = {"capability": {"required": _("Choose a capability.")}}

    def prepare(self) -> None:
        """Findings of this review only."""
        findings: Any = self.fields["findings"]
        findings.queryset = self.review.findings.order_by("number")
        findings.label_from_instance = numbered
        if not findings.queryset:
            del self.fields["findings"]
