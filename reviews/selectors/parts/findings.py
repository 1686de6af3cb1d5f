"""Section E."""

from typing import Any

from reviews.models import Finding, Review


def findings(review: Review) -> dict[str, Any]:
    """Why it went so."""
    rows = review.findings.select_related("category").order_by("number")
    return {"findings": [_finding(row) for row in rows]}


def _finding(row: Finding) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "category": row.category.code if row.category else "",
        "category_label": row.category.label_en if row.category else "",
        "phase": row.phase,
        "expected": row.expected,
        "happened": row.happened,
        "evidence": row.evidence,
        "counterfactual": row.counterfactual,
        "grade": row.grade,
    }
