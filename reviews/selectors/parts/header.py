"""Section A."""

from typing import Any

from reviews.models import Exclusion, Participant, Review, SourceAsked, SourceHeard
from reviews.selectors.lines import Lines
from reviews.selectors.parts.plain import day_text


def header(review: Review, lines: Lines) -> dict[str, Any]:
    """Who took part, what was left out, who was heard and who was not, in which language."""
    return {
        "language": review.language,
        "bodies": [_participant(row) for row in lines.of(Participant)],
        "exclusions": [_exclusion(row) for row in lines.of(Exclusion)],
        "sources_asked": [_asked(row) for row in lines.of(SourceAsked)],
        "sources_heard": [
            {
                "kind": row.kind,
                "way": row.way,
                "number": row.number,
                "unit": row.unit,
                "note": row.note,
            }
            for row in lines.of(SourceHeard)
        ],
    }


def body_data(row: Any) -> dict[str, str]:
    """An agency by code and name, or another body by its name."""
    return {
        "agency": row.agency.code if row.agency else "",
        "body": row.agency.name if row.agency else row.body,
    }


def _participant(row: Participant) -> dict[str, Any]:
    return {
        **body_data(row),
        "part": row.part,
        "asked": row.asked,
        "came": row.came,
        "standing": row.standing,
        "people": row.people,
    }


def _exclusion(row: Exclusion) -> dict[str, str]:
    return {
        "what": row.what,
        "kind": row.kind,
        "why": row.why,
        "ordered_by": row.ordered_by,
        "on_date": day_text(row.on_date),
        "source_reference": row.source_reference,
    }


def _asked(row: SourceAsked) -> dict[str, str]:
    return {
        "what": row.what,
        "asked_date": day_text(row.asked_date),
        "answer": row.answer,
        "note": row.note,
    }
