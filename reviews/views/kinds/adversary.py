"""Lines of section C."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.views.kinds.base import Kind

ROLES = Kind(
    "roles",
    Letter.C,
    forms.RoleForm,
    lambda review: review.network_roles.order_by("id"),
    actions.add_role,
    actions.change_role,
    actions.remove_role,
    _("Add a role"),
    _("Change the role"),
    _("Remove this role"),
    inline=True,
)
