"""Forms of section B."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents.choices import Occasion, Precision, YesNoUnknown
from incidents.occasions import suggested
from incidents.selectors.detail_words import text_list
from reviews.choices import (
    AlertDone,
    DecisionOutcome,
    InPlace,
    KnownOnDuty,
    Rating,
    RiskRating,
)
from reviews.forms.base import SHORT, RowForm
from reviews.forms.fields import GradeField
from reviews.forms.moments import MomentField, TypedMoment
from reviews.models import (
    AlertReceived,
    DecisionRight,
    Deployment,
    OccasionRisk,
    PlanInForce,
    PlannedMeasure,
)
from reviews.models.alerts import BOXES

GRADE_HELP = _("Source A to F, then information 1 to 6, such as B2.")
POST_HELP = _("The post, not a name.")


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

    def prepare(self) -> None:
        """Not rated is an answer."""
        self.fields["rating"].choices = [("", _("Not rated")), *Rating.choices]  # type: ignore[attr-defined]


class GradedForm(RowForm):
    """A line with a grade typed in two characters."""

    grade = GradeField(help_text=GRADE_HELP)

    def prepare(self) -> None:
        """The grade that was given before."""
        if self.instance.pk is not None:
            self.initial["grade"] = self.instance.grade

    def values(self) -> dict[str, Any]:
        """The grade in its columns."""
        return self.graded(super().values())


class PlanForm(GradedForm):
    """B: a plan or an order in force."""

    in_force = forms.ChoiceField(
        label=_("In force on the day"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
        widget=forms.RadioSelect,
    )
    rehearsed = forms.ChoiceField(
        label=_("Rehearsed"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
        widget=forms.RadioSelect,
    )
    known = forms.ChoiceField(
        label=_("Known"), choices=KnownOnDuty.choices, initial=KnownOnDuty.UNKNOWN
    )

    class Meta:
        model = PlanInForce
        fields = (
            *("title", "number", "issued_by", "issued_date", "in_force", "rehearsed"),
            *("rehearsed_date", "known", "note", "source"),
        )
        help_texts = {"issued_by": POST_HELP}
        widgets = {
            "issued_date": DayInput,
            "rehearsed_date": DayInput,
            "note": forms.Textarea(SHORT),
        }
        error_messages = {"title": {"required": _("Say which plan or order.")}}


class AlertForm(GradedForm):
    """B: a warning on its way: sent, received, acknowledged, acted on."""

    issued = MomentField(
        label=_("Sent on"),
        help_text=_("28/8/2014, with the time 28/8/2014 1713 or c1713, or only 8/2014."),
    )
    received = forms.ChoiceField(
        label=_("Was it received?"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
        widget=forms.RadioSelect,
    )
    got = MomentField(label=_("Received on"))
    acknowledged = MomentField(label=_("Acknowledged on"))
    done = forms.ChoiceField(
        label=_("What was done with it"),
        choices=[("", _("Choose one")), *AlertDone.choices],
        help_text=_("What the record shows. Where it shows nothing, that is the answer."),
    )
    acted = MomentField(label=_("Done on"))

    class Meta:
        model = AlertReceived
        fields = (
            *("number", "text", "issued_by", "addressed_to", "acknowledged_by"),
            *("done_words", "source"),
        )
        help_texts = {"acknowledged_by": POST_HELP, "addressed_to": _("Posts and offices.")}
        widgets = {"done_words": forms.Textarea(SHORT)}

    field_order = (
        *("number", "issued_by", "text", "addressed_to", "issued", "received", "got"),
        *("acknowledged", "acknowledged_by", "done", "done_words", "acted", "source", "grade"),
    )

    def prepare(self) -> None:
        """Days as they would be typed."""
        super().prepare()
        for step, box in BOXES.items():
            day, at, precision = self.instance.moment(step)
            if day is not None:
                self.initial[box] = str(TypedMoment(day, at, precision))
        if self.instance.pk is not None:
            self.initial["received"] = self.instance.received
            self.initial["done"] = self.instance.done

    def values(self) -> dict[str, Any]:
        """Each step in its columns; a day of receipt or an acknowledgement says "received"."""
        values = super().values()
        for step, box in BOXES.items():
            typed: TypedMoment | None = values.pop(box)
            values[f"{step}_date"] = typed.day if typed else None
            values[f"{step}_time"] = typed.at if typed else None
            values[f"{step}_precision"] = typed.precision if typed else Precision.UNKNOWN
        told = values["received_date"] or values["acknowledged_date"] or values["acknowledged_by"]
        if told and values["received"] == YesNoUnknown.UNKNOWN:
            values["received"] = YesNoUnknown.YES
        return values


class OccasionForm(GradedForm):
    """B: an occasion and how its risk was rated."""

    rating = forms.ChoiceField(
        label=_("How the risk was rated"), choices=RiskRating.choices, initial=RiskRating.UNKNOWN
    )

    class Meta:
        model = OccasionRisk
        fields = ("occasion", "rating", "rated_by", "rated_date", "note", "source")
        help_texts = {"rated_by": POST_HELP}
        widgets = {"rated_date": DayInput, "note": forms.Textarea(SHORT)}
        error_messages = {"occasion": {"required": _("Choose the occasion.")}}

    def prepare(self) -> None:
        """The occasion on the incident's record, until another is chosen."""
        super().prepare()
        field: Any = self.fields["occasion"]
        field.choices = [("", _("Choose the occasion")), *Occasion.choices]
        if self.instance.pk is None:
            self.initial.setdefault("occasion", self.review.incident.occasion)
        day = self.review.incident.on_date
        if offered := suggested(day) if day else []:
            words = text_list([str(each.label) for each in offered])
            field.help_text = _("The calendar offers for that day: %(occasions)s.") % {
                "occasions": words
            }


class DeploymentForm(GradedForm):
    """B: people or means that were to be there."""

    class Meta:
        model = Deployment
        fields = ("text", "agency", "planned", "present", "posted_at", "note", "source")
        help_texts = {
            "text": _("Such as constables, walk-through gates, ambulances."),
            "present": _("Leave it empty where nobody knows; 0 says that none came."),
        }
        widgets = {"note": forms.Textarea(SHORT)}
        error_messages = {"text": {"required": _("Say what was to be there.")}}


class DecisionForm(GradedForm):
    """B: a decision, and who held it."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=DecisionOutcome.choices,
        initial=DecisionOutcome.UNKNOWN,
    )

    class Meta:
        model = DecisionRight
        fields = (
            *("text", "outcome", "held_by", "authority", "delegated_to", "known_then"),
            *("note", "source"),
        )
        help_texts = {
            "text": _("What had to be decided, such as whether the route is closed."),
            "held_by": POST_HELP,
            "delegated_to": POST_HELP,
            "authority": _("The order, rule or law that gives it to that post."),
        }
        widgets = {"known_then": forms.Textarea(SHORT), "note": forms.Textarea(SHORT)}
        error_messages = {"text": {"required": _("Say which decision had to be taken.")}}
