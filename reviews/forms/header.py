"""Forms of section A: who took part, what was left out, who was heard and who was not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import YesNoUnknown
from reviews.choices import ExclusionKind, HeardAs, PartyStanding, SourceAnswer, SourceKind
from reviews.forms.base import SHORT, RowForm
from reviews.forms.bodies import BodyForm
from reviews.models import Exclusion, Participant, SourceAsked, SourceHeard


class ParticipantForm(BodyForm):
    """A: a body that took part, or was asked to."""

    content = ("agency", "body", "part")
    asked = forms.ChoiceField(
        label=_("Was it asked to take part?"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
    )
    came = forms.ChoiceField(
        label=_("Did it take part?"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
    )
    standing = forms.ChoiceField(
        label=_("In what right it took part"),
        choices=[("", _("Not said")), *PartyStanding.choices],
        required=False,
    )

    class Meta:
        model = Participant
        fields = ("agency", "body", "part", "asked", "came", "standing", "people")
        labels = {
            "body": _("Another body"),
            "part": _("What part it had"),
            "people": _("For how many it stands"),
        }
        help_texts = {
            "body": _("Where it is no agency of the list: a hospital, a company, a foreign body."),
            "part": _("In the incident or in the review. Posts, no names."),
            "people": _("Such as the families whom one body of lawyers spoke for."),
        }


class ExclusionForm(RowForm):
    """A: what the review does not look at, or does not print."""

    content = ("what", "why", "ordered_by")
    folded = ("ordered_by", "on_date", "source_reference")
    kind = forms.ChoiceField(
        label=_("How it is left out"),
        choices=ExclusionKind.choices,
        initial=ExclusionKind.SCOPE,
    )

    class Meta:
        model = Exclusion
        fields = ("what", "kind", "why", "ordered_by", "on_date", "source_reference")
        labels = {
            "what": _("What is left out"),
            "why": _("Why"),
            "ordered_by": _("On whose order"),
            "on_date": _("Ordered on"),
            "source_reference": _("Place in the source"),
        }
        help_texts = {
            "source_reference": _("Where it would stand, or where the text says it is missing."),
        }
        widgets = {"why": forms.Textarea(SHORT), "on_date": DayInput}
        error_messages = {"what": {"required": _("Say what the review does not look at.")}}


class SourceAskedForm(RowForm):
    """A: a source that was asked and not heard."""

    content = ("what", "note")
    answer = forms.ChoiceField(
        label=_("Answer"), choices=SourceAnswer.choices, initial=SourceAnswer.NOT_ANSWERED
    )

    class Meta:
        model = SourceAsked
        fields = ("what", "asked_date", "answer", "note")
        labels = {
            "what": _("Who or what was asked"),
            "asked_date": _("Asked on"),
            "note": _("Note"),
        }
        help_texts = {"what": _("A post, an office, a record. No names.")}
        widgets = {"asked_date": DayInput}
        error_messages = {"what": {"required": _("Say who or what was asked.")}}


class SourceHeardForm(RowForm):
    """A: how many sources of one kind were heard."""

    content = ("kind", "number", "note")
    way = forms.ChoiceField(
        label=_("How they were heard"),
        choices=[("", _("Not said")), *HeardAs.choices],
        required=False,
        help_text=_("Where it differs, a line for each way."),
    )

    class Meta:
        model = SourceHeard
        fields = ("kind", "way", "number", "unit", "note")
        labels = {
            "kind": _("Kind of source"),
            "number": _("How many"),
            "unit": _("Counted in"),
            "note": _("Note"),
        }
        help_texts = {
            "number": _("Leave it empty if nobody counted."),
            "unit": _("Pages, hours; empty where people or pieces are counted."),
        }
        error_messages = {"kind": {"required": _("Choose the kind of source.")}}

    def prepare(self) -> None:
        """No kind is chosen until somebody chooses it."""
        self.fields["kind"].choices = [("", _("Choose the kind")), *SourceKind.choices]  # type: ignore[attr-defined]
