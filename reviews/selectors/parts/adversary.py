"""Section C."""

from typing import Any

from reviews.models import NetworkRole, Review


def adversary(review: Review) -> dict[str, Any]:
    """Who must have been behind it."""
    return {"network_roles": [_role(row) for row in review.network_roles.order_by("id")]}


def _role(row: NetworkRole) -> dict[str, str]:
    return {"kind": row.kind, "status": row.status, "note": row.note}
