"""Sections I and J."""

from typing import Any

from reviews.models import Dissent, Review, SignOff
from reviews.selectors.parts.plain import at_text


def signing(review: Review) -> dict[str, Any]:
    """What stands against it, and who signed."""
    dissents = review.dissents.select_related("agency", "by").order_by("at", "id")
    signoffs = review.signoffs.select_related("by").order_by("at", "id")
    return {
        "dissents": [_dissent(row) for row in dissents],
        "signoffs": [_signoff(row) for row in signoffs],
    }


def _dissent(row: Dissent) -> dict[str, str]:
    return {
        "agency": row.agency.name,
        "post": row.by.post,
        "kind": row.kind,
        "about": row.about,
        "text": row.text,
        "at": at_text(row.at),
    }


def _signoff(row: SignOff) -> dict[str, str]:
    return {"deed": row.deed, "post": row.by.post, "comment": row.comment, "at": at_text(row.at)}
