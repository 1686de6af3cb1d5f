"""Lines of section G."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.kinds.base import Kind

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
DEATHS = Kind(
    "deaths",
    Letter.G,
    forms.DeathForm,
    lambda review: review.deaths.order_by("id"),
    actions.add_death,
    actions.change_death,
    actions.remove_death,
    _("Add what was found of how people died"),
    _("Change what was found"),
    _("Remove this line"),
    inline=False,
    listed="reviews/_deaths.html",
    heading=_("How people died, and whether they could have been saved"),
)
