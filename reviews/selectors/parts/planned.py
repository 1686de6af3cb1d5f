"""Section B."""

from typing import Any

from reviews.models import PlannedMeasure, Review


def planned(review: Review) -> dict[str, Any]:
    """What was supposed to happen."""
    return {"measures": [_measure(row) for row in review.measures.order_by("position", "id")]}


def _measure(row: PlannedMeasure) -> dict[str, str]:
    return {
        "text": row.text,
        "laid_down_in": row.laid_down_in,
        "in_place": row.in_place,
        "rating": row.rating,
        "note": row.note,
    }
