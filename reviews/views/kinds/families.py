"""Lines of section G."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.views.kinds.base import Kind

CARE = Kind(
    "care",
    Letter.G,
    forms.CareForm,
    lambda review: review.care.order_by("id"),
    actions.add_care,
    actions.change_care,
    actions.remove_care,
    _("Add a line"),
    _("Change the line"),
    _("Remove this line"),
    inline=False,
    listed="reviews/_care.html",
    heading=_("What was done for victims and families"),
)
