"""Forms of section F: what others contribute to a recommendation, and its stages."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from reviews.choices import ReplyKind, Stance
from reviews.forms.base import SHORT, RowForm
from reviews.forms.bodies import BodyForm
from reviews.models import (
    Recommendation,
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
    Review,
)

WORDS_SHOWN = 60


def recommendation_field() -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """Which recommendation the line belongs to."""
    return forms.ModelChoiceField(
        label=_("Recommendation"),
        queryset=Recommendation.objects.none(),
        error_messages={"required": _("Choose the recommendation.")},
    )


def _of(review: Review, field: Any) -> None:
    """Recommendations of this review only."""
    field.queryset = review.recommendations.order_by("number")
    field.label_from_instance = lambda each: (
        f"R{each.number}: {Truncator(each.text).chars(WORDS_SHOWN)}"
    )


class PartForm(BodyForm):
    """F: what another body contributes."""

    content = ("agency", "body", "post", "part")
    recommendation = recommendation_field()

    class Meta:
        model = RecommendationPart
        fields = ("recommendation", "agency", "body", "post", "part", "reports", "due_date")
        labels = {
            "body": _("Another body"),
            "post": _("Post"),
            "part": _("What part"),
            "reports": _("It reports back on this recommendation"),
            "due_date": _("Due"),
        }
        help_texts = {
            "body": _("Where it is no agency of the list: private or foreign."),
            "part": _("What it contributes. The owner still answers for the whole."),
        }
        widgets = {"due_date": DayInput}

    def prepare(self) -> None:
        """Agencies, and recommendations of this review."""
        super().prepare()
        _of(self.review, self.fields["recommendation"])


class StageForm(RowForm):
    """F: a stage on the way."""

    content = ("what",)
    recommendation = recommendation_field()

    class Meta:
        model = RecommendationStage
        fields = ("recommendation", "what", "due_date", "done_date")
        labels = {"what": _("What is to be seen"), "due_date": _("By"), "done_date": _("Done on")}
        widgets = {"due_date": DayInput, "done_date": DayInput}
        error_messages = {"what": {"required": _("Say what is to be seen by that day.")}}

    def prepare(self) -> None:
        """Recommendations of this review."""
        _of(self.review, self.fields["recommendation"])


class RecommendationReplyForm(BodyForm):
    """F: what an addressee or whoever monitors it said."""

    content = ("agency", "body", "post", "text")
    recommendation = recommendation_field()
    kind = forms.ChoiceField(
        label=_("What it is"), choices=ReplyKind.choices, initial=ReplyKind.RESPONSE
    )
    stance = forms.ChoiceField(
        label=_("Is it taken up?"),
        choices=[("", _("Not said")), *Stance.choices],
        required=False,
    )

    class Meta:
        model = RecommendationReply
        fields = (
            *("recommendation", "agency", "body", "post", "kind", "on_date", "stance", "text"),
            *("status_published", "reference"),
        )
        labels = {
            "body": _("Another body"),
            "post": _("By which post"),
            "on_date": _("Its date"),
            "text": _("What it says, or its reason"),
            "status_published": _("Status, in the words of the source"),
            "reference": _("Where it is: letter, number"),
        }
        help_texts = {
            "body": _("Where it is no agency of the list: private or foreign."),
            "post": _("Who signed or spoke, by post."),
            "status_published": _("The status of this review’s own stays with its issuer."),
        }
        widgets = {"on_date": DayInput, "text": forms.Textarea(SHORT)}

    def prepare(self) -> None:
        """Agencies, and recommendations of this review."""
        super().prepare()
        _of(self.review, self.fields["recommendation"])
