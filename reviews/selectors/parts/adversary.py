"""Section C."""

from typing import Any

from reviews.models import AdversaryAccount, NetworkRole, Review
from reviews.selectors.parts.plain import day_text


def adversary(review: Review) -> dict[str, Any]:
    """Who must have been behind it, and what is known of their plan; None where nobody said."""
    account = review.adversary.first()
    return {
        "adversary": _account(account) if account else None,
        "network_roles": [_role(row) for row in review.network_roles.order_by("id")],
    }


def _account(row: AdversaryAccount) -> dict[str, Any]:
    return {
        "group_named": row.group_named,
        "group_basis": row.group_basis,
        "source": row.source,
        **{name: {"text": said, "grade": grade} for name, _label, said, grade in row.told},
    }


def _role(row: NetworkRole) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.number,
        "status": row.status,
        "status_date": day_text(row.status_date),
        "court": row.court,
        "note": row.note,
        "source": row.source,
        "grade": row.grade,
    }
