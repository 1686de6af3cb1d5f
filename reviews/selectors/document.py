"""The review as plain data: frozen on publishing, read as a document, printed as a brief."""

import hashlib
import json
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from incidents.models.moments import Moment
from reviews.choices import Letter
from reviews.models import (
    Account,
    Dissent,
    Finding,
    NetworkRole,
    PlannedMeasure,
    Recommendation,
    Review,
    SignOff,
    TimelineEntry,
)

FORMAT = 1


def review_document(review: Review) -> dict[str, Any]:
    """Everything the review says, in codes and plain words; the same review gives the same bytes.

    Names no person: people appear by post. Empty means nobody wrote it or nobody knows it.
    """
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
        "opened_at": _at(review.opened_at),
        "due_at": _at(review.due_at),
        "submitted_at": _at(review.submitted_at),
        "approved_at": _at(review.approved_at),
        "approved_by": review.approved_by.post if review.approved_by else "",
        "lead": review.lead.post,
        "scope": review.scope,
        "participants": review.participants,
        "narratives": {
            section.letter: section.text
            for section in review.sections.order_by("letter")
            if section.letter not in {Letter.A, Letter.I, Letter.J}
        },
        "measures": [_measure(row) for row in review.measures.order_by("position", "id")],
        "network_roles": [_role(row) for row in review.network_roles.order_by("id")],
        "timeline": [_entry(row) for row in in_order(review)],
        "findings": [
            _finding(row) for row in review.findings.select_related("category").order_by("number")
        ],
        "recommendations": [
            _recommendation(row)
            for row in review.recommendations.select_related("category", "owner_agency")
            .prefetch_related("findings")
            .order_by("number")
        ],
        "dissents": [
            _dissent(row)
            for row in review.dissents.select_related("agency", "by").order_by("at", "id")
        ],
        "signoffs": [
            _signoff(row) for row in review.signoffs.select_related("by").order_by("at", "id")
        ],
    }


def canonical(document: dict[str, Any]) -> bytes:
    """One spelling of the same content: keys sorted, no spaces, UTF-8."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(document: dict[str, Any]) -> str:
    """The SHA-256 of its canonical spelling."""
    return hashlib.sha256(canonical(document)).hexdigest()


def in_order(review: Review) -> list[TimelineEntry]:
    """Entries by day and clock time; what has no time stands where it was entered in its day."""
    rows = list(review.timeline.prefetch_related("accounts"))
    return sorted(rows, key=_place)


def accounts_of(entry: TimelineEntry) -> list[Account]:
    """Its accounts in the order they were given."""
    return sorted(entry.accounts.all(), key=lambda each: (each.position, each.pk))


def _place(entry: TimelineEntry) -> tuple[Any, ...]:
    return (
        entry.on_date is None,
        entry.on_date or date.min,
        entry.at_time is None,
        entry.at_time or time.min,
        entry.position,
        entry.pk,
    )


def _at(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _moment(row: Moment) -> dict[str, str]:
    return {
        "date": _day(row.on_date),
        "until_date": _day(row.until_date),
        "time": _clock(row.at_time),
        "until_time": _clock(row.until_time),
        "precision": row.precision,
    }


def _incident(review: Review) -> dict[str, Any]:
    incident = review.incident
    return {
        "reference": incident.reference,
        "title": incident.title,
        "district": incident.area.name if incident.area else "",
        **_moment(incident),
    }


def _measure(row: PlannedMeasure) -> dict[str, str]:
    return {
        "text": row.text,
        "laid_down_in": row.laid_down_in,
        "in_place": row.in_place,
        "rating": row.rating,
        "note": row.note,
    }


def _role(row: NetworkRole) -> dict[str, str]:
    return {"kind": row.kind, "status": row.status, "note": row.note}


def _entry(row: TimelineEntry) -> dict[str, Any]:
    return {
        **_moment(row),
        "phase": row.phase,
        "kind": row.kind,
        "acting": row.acting,
        "told": row.told,
        "text": row.text,
        "source": row.source,
        "grade": row.grade,
        "accounts": [
            {
                "by": account.by,
                "said": account.said,
                "time": _clock(account.at_time),
                "source": account.source,
                "grade": account.grade,
            }
            for account in accounts_of(row)
        ],
    }


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


def _recommendation(row: Recommendation) -> dict[str, Any]:
    return {
        "number": row.number,
        "reference": row.reference,
        "text": row.text,
        "category": row.category.code if row.category else "",
        "category_label": row.category.label_en if row.category else "",
        "owner_post": row.owner_post,
        "owner_agency": row.owner_agency.name if row.owner_agency else "",
        "due_date": _day(row.due_date),
        "closure_criterion": row.closure_criterion,
        "status": row.status,
        "findings": sorted(finding.number for finding in row.findings.all()),
    }


def _dissent(row: Dissent) -> dict[str, str]:
    return {
        "agency": row.agency.name,
        "post": row.by.post,
        "kind": row.kind,
        "about": row.about,
        "text": row.text,
        "at": _at(row.at),
    }


def _signoff(row: SignOff) -> dict[str, str]:
    return {"deed": row.deed, "post": row.by.post, "comment": row.comment, "at": _at(row.at)}
