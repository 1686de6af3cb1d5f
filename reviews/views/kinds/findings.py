"""Lines of section E."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.views.kinds.base import Kind

FINDINGS = Kind(
    "findings",
    Letter.E,
    forms.FindingForm,
    lambda review: review.findings.select_related("category").order_by("number"),
    actions.add_finding,
    actions.change_finding,
    actions.remove_finding,
    _("Add a finding"),
    _("Change the finding"),
    _("Remove this finding"),
    inline=False,
)
