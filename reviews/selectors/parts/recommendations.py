"""Section F."""

from typing import Any

from reviews.models import Recommendation, Review
from reviews.selectors.lines import Lines
from reviews.selectors.parts.header import body_data
from reviews.selectors.parts.plain import day_text


def recommendations(review: Review, lines: Lines) -> dict[str, Any]:
    """What is to be done, by whom, by when."""
    rows = list(
        review.recommendations.select_related("category", "owner_agency")
        .prefetch_related("findings")
        .order_by("number")
    )
    lines.give_to(rows)
    return {"recommendations": [_recommendation(row) for row in rows]}


def _recommendation(row: Recommendation) -> dict[str, Any]:
    return {
        "number": row.number,
        "reference": row.reference,
        "source_number": row.source_number,
        "source_reference": row.source_reference,
        "issued_date": day_text(row.issued_date),
        "addressed_to": row.addressed_to,
        "text": row.text,
        "category": row.category.code if row.category else "",
        "category_label": row.category.label_en if row.category else "",
        "owner_post": row.owner_post,
        "owner_agency": row.owner_agency.name if row.owner_agency else "",
        "due_date": day_text(row.due_date),
        "closure_criterion": row.closure_criterion,
        "priority": row.priority,
        "authority": row.authority,
        "cost": row.cost,
        "elements": sorted(row.elements),
        "plan_points": [each.code for each in row.shown_points],
        "is_quick_fix": row.is_quick_fix,
        "done_date": day_text(row.done_date),
        "is_monitored": row.is_monitored,
        "monitored_number": row.monitored_number,
        "monitored_by": row.monitored_by,
        "status": row.status,
        "status_published": row.status_published,
        "parts": [
            {
                **body_data(each),
                "post": each.post,
                "part": each.part,
                "reports": each.reports,
                "due_date": day_text(each.due_date),
            }
            for each in row.shown_parts
        ],
        "stages": [
            {
                "what": each.what,
                "due_date": day_text(each.due_date),
                "done_date": day_text(each.done_date),
            }
            for each in row.shown_stages
        ],
        "replies": [
            {
                **body_data(each),
                "post": each.post,
                "kind": each.kind,
                "on_date": day_text(each.on_date),
                "stance": each.stance,
                "text": each.text,
                "status_published": each.status_published,
                "reference": each.reference,
            }
            for each in row.shown_replies
        ],
        "findings": sorted(finding.number for finding in row.findings.all()),
    }
