"""Forms of section C."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import ClaimKind
from reviews.choices import JUDGED, NetworkRoleKind, NetworkRoleStatus
from reviews.forms.base import SHORT, RowForm
from reviews.forms.fields import GradeField
from reviews.guilt import BEFORE_A_COURT, word_of_guilt
from reviews.models import AdversaryAccount, NetworkRole
from reviews.models.adversary import TOLD


class RoleForm(RowForm):
    """C: a role and how far it is resolved."""

    content = ("kind", "note", "court", "source")
    grade = GradeField(help_text=_("Source A to F, then information 1 to 6, such as B2."))

    class Meta:
        model = NetworkRole
        fields = ("kind", "number", "status", "status_date", "court", "note", "source")
        help_texts = {
            "court": _("Only where it convicted or acquitted."),
            "note": _("No names. Say what is known and what is not."),
        }
        widgets = {"status_date": DayInput}
        error_messages = {"kind": {"required": _("Choose the role.")}}

    def prepare(self) -> None:
        """No role is chosen until somebody chooses it; the board may have said which."""
        field: Any = self.fields["kind"]
        field.choices = [("", _("Choose the role")), *NetworkRoleKind.choices]
        if self.instance.pk is not None:
            self.initial["grade"] = self.instance.grade

    def clean(self) -> dict[str, Any]:
        """Only a court convicts or acquits."""
        super().clean()
        data = self.cleaned_data
        if data.get("status") in JUDGED:
            if not data.get("court"):
                self.add_error("court", _("Only a court convicts or acquits: name the court."))
            if not data.get("status_date") and "status_date" not in self.errors:
                self.add_error("status_date", _("Give the day on which the court decided."))
        return data

    def values(self) -> dict[str, Any]:
        """The grade in its columns."""
        return self.graded(super().values())

    def warnings(self) -> list[str]:
        """A word of guilt before a court has spoken."""
        word = word_of_guilt(self.cleaned_data["note"])
        if not word or self.cleaned_data["status"] == NetworkRoleStatus.CONVICTED:
            return []
        return [str(BEFORE_A_COURT) % {"word": word}]


class AdversaryForm(RowForm):
    """C: intent, reconnaissance, method, device and claims, each with its grade."""

    content = TOLD
    intent_grade = GradeField()
    recce_grade = GradeField()
    method_grade = GradeField()
    device_grade = GradeField()
    claims_grade = GradeField()

    class Meta:
        model = AdversaryAccount
        fields = ("intent", "recce", "method", "device", "claims", "group_named", "group_basis",
                  "source")  # fmt: skip
        help_texts = {
            "intent": _("What the attack was to bring about, as far as anything shows it."),
            "recce": _("How target, way and hours were watched, and what shows it."),
            "method": _("How they came and what they did, step by step."),
            "device": _("What it was, how it was set off, what is disputed."),
            "claims": _("Who claimed, denied or alleged what. None of it is a finding."),
        }
        widgets = dict.fromkeys(TOLD, forms.Textarea(SHORT))

    field_order = (
        *(each for name in TOLD for each in (name, f"{name}_grade")),
        *("group_named", "group_basis", "source"),
    )

    def prepare(self) -> None:
        """Each grade says what it grades, and no grounds are an answer."""
        for name in TOLD:
            label = self.fields[name].label
            self.fields[f"{name}_grade"].label = _("Grade of: %(what)s") % {"what": label}
            if self.instance.pk is not None:
                self.initial[f"{name}_grade"] = getattr(self.instance, f"{name}_grade")
        field: Any = self.fields["group_basis"]
        grounds = [each for each in ClaimKind.choices if each[0] != ClaimKind.NO_CLAIM]
        field.choices = [("", _("Not said")), *grounds]
