"""Forms of section C."""

from django.utils.translation import gettext_lazy as _

from reviews.choices import NetworkRoleKind
from reviews.forms.base import RowForm
from reviews.models import NetworkRole


class RoleForm(RowForm):
    """C: a role and how far it is resolved."""

    content = ("kind", "note")

    class Meta:
        model = NetworkRole
        fields = ("kind", "status", "note")
        labels = {"kind": _("Role"), "status": _("Status"), "note": _("Note")}
        help_texts = {"note": _("No names. Say what is known and what is not.")}
        error_messages = {"kind": {"required": _("Choose the role.")}}

    def prepare(self) -> None:
        """No role is chosen until somebody chooses it."""
        self.fields["kind"].choices = [("", _("Choose the role")), *NetworkRoleKind.choices]  # type: ignore[attr-defined]
