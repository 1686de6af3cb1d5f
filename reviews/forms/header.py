"""Forms of section A: who took part, what was left out, who was heard and who was not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import YesNoUnknown
from reviews.choices import SourceAnswer, SourceKind
from reviews.forms.base import RowForm
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

    class Meta:
        model = Participant
        fields = ("agency", "body", "part", "asked", "came")
        labels = {"body": _("Another body"), "part": _("What part it had")}
        help_texts = {
            "body": _("Where it is no agency of the list: a hospital, a company, a foreign body."),
            "part": _("In the incident or in the review. Posts, no names."),
        }


class ExclusionForm(RowForm):
    """A: what the review does not look at."""

    content = ("what", "why")

    class Meta:
        model = Exclusion
        fields = ("what", "why")
        labels = {"what": _("What is left out"), "why": _("Why")}
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

    class Meta:
        model = SourceHeard
        fields = ("kind", "number", "note")
        labels = {"kind": _("Kind of source"), "number": _("How many"), "note": _("Note")}
        help_texts = {"number": _("Leave it empty if nobody counted.")}
        error_messages = {"kind": {"required": _("Choose the kind of source.")}}

    def prepare(self) -> None:
        """No kind is chosen until somebody chooses it."""
        self.fields["kind"].choices = [("", _("Choose the kind")), *SourceKind.choices]  # type: ignore[attr-defined]
