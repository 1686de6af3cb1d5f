"""The hot debrief in its own words, and the chapters of a major review."""

from typing import Any

from reviews.models import Chapter, HotDebrief, Review
from reviews.selectors.parts.plain import moment_data


def hot_debrief(review: Review) -> dict[str, Any]:
    """What it was like, what was done, what is needed; empty where no hot debrief was written."""
    row = HotDebrief.objects.filter(review=review).first()
    if row is None:
        return {"hot_debrief": {}}
    return {
        "hot_debrief": {
            **moment_data(row),
            "conditions": row.conditions,
            "actions": row.actions,
            "needs": row.needs,
            "no_finding": row.no_finding,
        }
    }


def chapters(review: Review) -> dict[str, Any]:
    """The chapters that somebody wrote, in their order."""
    rows = Chapter.objects.filter(review=review).order_by("position", "id")
    return {"chapters": [{"chapter": row.code, "text": row.text} for row in rows]}
