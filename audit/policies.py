"""Whose deeds a person may look at. The audit knows no rooms above it, so it asks for a shape."""

from typing import Any, Protocol

# As in agencies.choices.Role, which stands above this room.
AUDITOR = "AUDITOR"
AGENCY_ADMIN = "AGENCY_ADMIN"
# Bodies set over other agencies (agencies/data): their auditors' remit has no border.
OVERSIGHT_KINDS = frozenset({"oversight"})


class Reader(Protocol):
    """A person who has signed in."""

    pk: Any
    is_active: bool
    role: str
    agency_id: Any
    agency: Any

    def post_line(self) -> str: ...


def can_read_audit(user: Reader) -> bool:
    """Auditors, and the admin of an agency."""
    return user.is_active and user.role in {AUDITOR, AGENCY_ADMIN}


def has_whole_remit(user: Reader) -> bool:
    """An auditor of an oversight body sees the deeds of every agency."""
    return user.role == AUDITOR and user.agency.kind in OVERSIGHT_KINDS
