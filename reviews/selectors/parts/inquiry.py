"""Section A: published reports, and how the review sat."""

from typing import Any

from reviews.models import PublishedReport, Sitting
from reviews.selectors.lines import Lines
from reviews.selectors.parts.plain import day_text


def inquiry(lines: Lines) -> dict[str, Any]:
    """What it rests on and how it came to be."""
    return {
        "reports": [_report(row) for row in lines.of(PublishedReport)],
        "sittings": [_sitting(row) for row in lines.of(Sitting)],
    }


def _report(row: PublishedReport) -> dict[str, Any]:
    return {
        "title": row.title,
        "volume": row.volume,
        "issued_by": row.issued_by,
        "chair": row.chair,
        "authority": row.authority,
        "set_up_date": day_text(row.set_up_date),
        "handed_in_date": day_text(row.handed_in_date),
        "published_date": day_text(row.published_date),
        "reference": row.reference,
        "pages": row.pages,
        "cost": row.cost,
        "terms": row.terms,
        "found_at": row.found_at,
        "note": row.note,
    }


def _sitting(row: Sitting) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "on_date": day_text(row.on_date),
        "until_date": day_text(row.until_date),
        "days": row.days,
        "witnesses": row.witnesses,
        "place": row.place,
        "about": row.about,
        "why_closed": row.why_closed,
        "note": row.note,
    }
