"""Section E."""

from typing import Any

from django.db.models import Prefetch

from agencies.choices import TLP
from agencies.models.marking import lowered
from incidents.models import Evidence
from reviews.models import (
    CapabilityRating,
    CauseLink,
    FailureCategory,
    Finding,
    FindingBody,
    FindingEvidence,
    Review,
)
from reviews.selectors.parts.plain import moment_data


def findings(review: Review) -> dict[str, Any]:
    """Why it went so."""
    rows = (
        review.findings.select_related("category")
        .prefetch_related(
            Prefetch("other_categories", FailureCategory.objects.order_by("code")),
            Prefetch("bodies", FindingBody.objects.select_related("agency").order_by("id")),
            Prefetch("files", FindingEvidence.objects.select_related("evidence").order_by("id")),
        )
        .order_by("number")
    )
    links = (
        CauseLink.objects.filter(cause__review=review)
        .select_related("cause", "effect")
        .order_by("cause__number", "effect__number")
    )
    ratings = review.ratings.prefetch_related("findings").order_by("id")
    return {
        "findings": [_finding(row, review) for row in rows],
        "cause_links": [_link(row) for row in links],
        "capability_ratings": [_rating(row) for row in ratings],
    }


def _finding(row: Finding, review: Review) -> dict[str, Any]:
    return {
        "number": row.number,
        "source_number": row.source_number,
        "source_reference": row.source_reference,
        "source_words": row.source_words,
        **moment_data(row),
        "kind": row.kind,
        "title": row.title,
        "category": row.category.code if row.category else "",
        "category_label": row.category.label_en if row.category else "",
        "other_categories": [each.code for each in row.other_categories.all()],
        "phase": row.phase,
        "bodies": [_body(each) for each in row.bodies.all()],
        "expected": row.expected,
        "expected_in": row.expected_in,
        "happened": row.happened,
        "evidence": row.evidence,
        "evidence_files": [
            _file(each) for each in row.files.all() if is_covered(each.evidence, review)
        ],
        "grade": row.grade,
        "probability": row.probability,
        "confidence": row.confidence,
        "counterfactual": row.counterfactual,
        "counterfactual_why": row.counterfactual_why,
        "severity_published": row.severity_published,
        "severity": row.severity,
        "known_before": row.known_before,
        "known_since": row.known_since,
        "known_from": row.known_from,
    }


def is_covered(piece: Evidence, review: Review) -> bool:
    """Whether the review's own marking keeps what the file is called as close as the file's does.

    A frozen version goes wherever the review goes; it names no file that may not go there.
    """
    ours = piece.agency_id == review.agency_id or piece.tlp in {TLP.CLEAR, TLP.GREEN}
    marking = {"tlp": review.tlp, "classification": review.classification}
    return ours and not lowered(piece, **marking, caveats=review.caveats)


def _body(row: FindingBody) -> dict[str, str]:
    return {
        "agency": row.agency.code if row.agency else "",
        "name": row.agency.name if row.agency else row.name,
        "post": row.post,
        "role": row.role,
        "note": row.note,
    }


def _file(row: FindingEvidence) -> dict[str, str]:
    piece = row.evidence
    return {"title": piece.title, "sha256": piece.sha256, "kind": piece.kind, "shows": row.shows}


def _link(row: CauseLink) -> dict[str, Any]:
    return {
        "cause": row.cause.number,
        "effect": row.effect.number,
        "kind": row.kind,
        "text": row.text,
    }


def _rating(row: CapabilityRating) -> dict[str, Any]:
    return {
        "capability": row.capability,
        "objective": row.objective,
        "rating": row.rating,
        "reason": row.reason,
        "findings": sorted(finding.number for finding in row.findings.all()),
    }
