"""Lines of section C."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.http import Request
from reviews import actions, forms, selectors
from reviews.choices import Letter
from reviews.kinds.base import Kind
from reviews.models import Review


def _of_the_board(request: Request, _review: Review) -> dict[str, Any]:
    """The role that the board asked about."""
    return {"kind": request.GET.get("kind", "")}


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
    drawn=selectors.board_of,
    begun=_of_the_board,
)
ADVERSARY = Kind(
    "adversary",
    Letter.C,
    forms.AdversaryForm,
    lambda review: review.adversary.order_by("id"),
    actions.add_adversary,
    actions.change_adversary,
    actions.remove_adversary,
    _("Write what is known of the adversary"),
    _("Change what is known of the adversary"),
    _("Remove what is said of the adversary"),
    inline=False,
    listed="reviews/_adversary.html",
    heading=_("What is known of the adversary"),
    single=True,
)
