"""The filters that a reader saved."""

from agencies.models import User
from incidents.models import SavedFilter


def saved_filters(user: User) -> list[SavedFilter]:
    """Theirs: what opens first, then by name. One query."""
    return list(SavedFilter.objects.visible_to(user).in_order())
