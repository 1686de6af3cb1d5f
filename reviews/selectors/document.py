"""The review as plain data: frozen on publishing, read as a document, printed as a brief."""

import hashlib
import json
from typing import Any

from reviews.choices import Letter
from reviews.models import Review
from reviews.selectors.lines import lines_of
from reviews.selectors.parts.adversary import adversary
from reviews.selectors.parts.families import families
from reviews.selectors.parts.findings import findings
from reviews.selectors.parts.header import header
from reviews.selectors.parts.hot import chapters, hot_debrief
from reviews.selectors.parts.inquiry import inquiry
from reviews.selectors.parts.justice import justice
from reviews.selectors.parts.plain import at_text, moment_data
from reviews.selectors.parts.planned import planned
from reviews.selectors.parts.recommendations import recommendations
from reviews.selectors.parts.signing import signing
from reviews.selectors.parts.timeline import timeline

FORMAT = 1


def review_document(review: Review) -> dict[str, Any]:
    """Everything the review says, in codes and plain words; the same review gives the same bytes.

    Names no person: people appear by post. Empty means nobody wrote it or nobody knows it.
    """
    lines = lines_of(review)
    sections = list(review.sections.order_by("letter"))
    return {
        "format": FORMAT,
        "reference": review.reference,
        "incident": _incident(review),
        "agency": {"code": review.agency.code, "name": review.agency.name},
        "tier": review.tier,
        "marking": {
            "tlp": review.tlp,
            "classification": review.classification,
            "caveats": sorted(review.caveats),
        },
        "is_example": review.is_example,
        "opened_at": at_text(review.opened_at),
        "due_at": at_text(review.due_at),
        "submitted_at": at_text(review.submitted_at),
        "approved_at": at_text(review.approved_at),
        "approved_by": review.approved_by.post if review.approved_by else "",
        "lead": review.lead.post,
        "scope": review.scope,
        "participants": review.participants,
        "narratives": {
            section.letter: section.text
            for section in sections
            if section.letter not in {Letter.A, Letter.I, Letter.J}
        },
        "languages": {each.letter: each.language for each in sections if each.language},
        **hot_debrief(review),
        **chapters(review),
        **inquiry(lines),
        **header(review, lines),
        **planned(review),
        **adversary(review),
        **timeline(review),
        **findings(review),
        **recommendations(review, lines),
        **families(lines),
        **justice(lines),
        **signing(review),
    }


def lines_only(review: Review) -> dict[str, Any]:
    """The lines of sections A, B, C, G and H without what a brief has in tables of its own."""
    lines = lines_of(review)
    said: dict[str, Any] = {
        **inquiry(lines),
        **header(review, lines),
        **planned(review),
        **adversary(review),
        **families(lines),
        **justice(lines),
    }
    return {name: rows for name, rows in said.items() if name not in {"language", "measures"}}


def canonical(document: dict[str, Any]) -> bytes:
    """One spelling of the same content: keys sorted, no spaces, UTF-8."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(document: dict[str, Any]) -> str:
    """The SHA-256 of its canonical spelling."""
    return hashlib.sha256(canonical(document)).hexdigest()


def _incident(review: Review) -> dict[str, Any]:
    incident = review.incident
    return {
        "reference": incident.reference,
        "title": incident.title,
        "district": incident.area.name if incident.area else "",
        **moment_data(incident),
    }
