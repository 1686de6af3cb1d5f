"""Lines of section A about a published inquiry."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.kinds.base import Kind

REPORTS = Kind(
    "reports",
    Letter.A,
    forms.ReportForm,
    lambda review: review.reports.order_by("id"),
    actions.add_report,
    actions.change_report,
    actions.remove_report,
    _("Add a published report"),
    _("Change the report"),
    _("Remove this report"),
    inline=False,
    listed="reviews/_reports.html",
    heading=_("Published reports it rests on"),
)
SITTINGS = Kind(
    "sittings",
    Letter.A,
    forms.SittingForm,
    lambda review: review.sittings.order_by("on_date", "id"),
    actions.add_sitting,
    actions.change_sitting,
    actions.remove_sitting,
    _("Add a sitting"),
    _("Change the sitting"),
    _("Remove this sitting"),
    inline=False,
    listed="reviews/_sittings.html",
    heading=_("When and how it sat"),
)
