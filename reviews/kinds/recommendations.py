"""Lines of section F."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.kinds.base import Kind

RECOMMENDATIONS = Kind(
    "recommendations",
    Letter.F,
    forms.RecommendationForm,
    lambda review: review.recommendations.select_related("category", "owner_agency").order_by(
        "number"
    ),
    actions.add_recommendation,
    actions.change_recommendation,
    actions.remove_recommendation,
    _("Add a recommendation"),
    _("Change the recommendation"),
    _("Remove this recommendation"),
    inline=False,
)
