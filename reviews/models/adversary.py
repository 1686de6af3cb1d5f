"""Section C: who was behind it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.choices import (
    NetworkRoleKind,
    NetworkRoleStatus,
)
from reviews.models.review import Review
from reviews.models.rows import Row


class NetworkRole(Row):
    """A part somebody must have played, and how far it is resolved. Never a name."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="network_roles")
    kind = models.CharField(_("role"), max_length=12, choices=NetworkRoleKind)
    status = models.CharField(
        _("status"),
        max_length=14,
        choices=NetworkRoleStatus,
        default=NetworkRoleStatus.UNIDENTIFIED,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["review", "kind"], name="network_role_once_a_review"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.status}"
