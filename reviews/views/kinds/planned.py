"""Lines of section B."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.views.kinds.base import Kind

MEASURES = Kind(
    "measures",
    Letter.B,
    forms.MeasureForm,
    lambda review: review.measures.order_by("position", "id"),
    actions.add_measure,
    actions.change_measure,
    actions.remove_measure,
    _("Add a measure"),
    _("Change the measure"),
    _("Remove this measure"),
    inline=True,
)
