"""Lines of section H."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.http import Request
from reviews import actions, forms, selectors
from reviews.choices import Letter
from reviews.kinds.base import Kind
from reviews.models import Review


def _taken_over(request: Request, review: Review) -> dict[str, Any]:
    """The detail of the incident that the person chose to take over, as a line to be checked."""
    for held in selectors.held_of(review, request.user, []):
        if str(held.pk) == request.GET.get("take"):
            return held.values
    return {}


JUSTICE = Kind(
    "justice",
    Letter.H,
    forms.JusticeForm,
    lambda review: review.justice.order_by("id"),
    actions.add_justice,
    actions.change_justice,
    actions.remove_justice,
    _("Add a step"),
    _("Change the step"),
    _("Remove this step"),
    inline=False,
    listed="reviews/_justice.html",
    heading=_("Steps of the case"),
    begun=_taken_over,
)
