"""Lines that stand beside a recommendation of section F."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.http import Request
from reviews import actions, forms
from reviews.choices import Letter
from reviews.kinds.base import Kind
from reviews.models import (
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
    Review,
)


def _of_recommendation(request: Request, review: Review) -> dict[str, Any]:
    """The recommendation from which the person came."""
    number = request.GET.get("of", "")
    row = review.recommendations.filter(number=number).first() if number.isdecimal() else None
    return {"recommendation": row.pk} if row else {}


PARTS = Kind(
    "parts",
    Letter.F,
    forms.PartForm,
    lambda review: RecommendationPart.objects.filter(recommendation__review=review),
    actions.add_part,
    actions.change_part,
    actions.remove_part,
    _("Add a part of another body"),
    _("Change the part"),
    _("Remove this part"),
    inline=False,
    begun=_of_recommendation,
)
STAGES = Kind(
    "stages",
    Letter.F,
    forms.StageForm,
    lambda review: RecommendationStage.objects.filter(recommendation__review=review),
    actions.add_stage,
    actions.change_stage,
    actions.remove_stage,
    _("Add a stage"),
    _("Change the stage"),
    _("Remove this stage"),
    inline=False,
    begun=_of_recommendation,
)
REPLIES = Kind(
    "replies",
    Letter.F,
    forms.RecommendationReplyForm,
    lambda review: RecommendationReply.objects.filter(recommendation__review=review),
    actions.add_reply,
    actions.change_reply,
    actions.remove_reply,
    _("Add what was replied"),
    _("Change what was replied"),
    _("Remove this reply"),
    inline=False,
    begun=_of_recommendation,
)
