"""Who may do what to people."""

from agencies.choices import Role
from agencies.models import Agency, User


def can_manage_people(user: User, agency: Agency) -> bool:
    """System admins manage everybody; an agency's admin its own people."""
    if not user.is_active:
        return False
    if user.role == Role.SYSTEM_ADMIN:
        return True
    return user.role == Role.AGENCY_ADMIN and user.agency_id == agency.pk
