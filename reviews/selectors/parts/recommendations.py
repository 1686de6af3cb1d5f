"""Section F."""

from typing import Any

from reviews.models import Recommendation, Review
from reviews.selectors.parts.plain import day_text


def recommendations(review: Review) -> dict[str, Any]:
    """What is to be done, by whom, by when."""
    rows = (
        review.recommendations.select_related("category", "owner_agency")
        .prefetch_related("findings")
        .order_by("number")
    )
    return {"recommendations": [_recommendation(row) for row in rows]}


def _recommendation(row: Recommendation) -> dict[str, Any]:
    return {
        "number": row.number,
        "reference": row.reference,
        "text": row.text,
        "category": row.category.code if row.category else "",
        "category_label": row.category.label_en if row.category else "",
        "owner_post": row.owner_post,
        "owner_agency": row.owner_agency.name if row.owner_agency else "",
        "due_date": day_text(row.due_date),
        "closure_criterion": row.closure_criterion,
        "status": row.status,
        "findings": sorted(finding.number for finding in row.findings.all()),
    }
