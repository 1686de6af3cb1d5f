"""Section E: the bodies that a finding is about, and the files that show what it says."""

import uuid
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import Agency, User
from incidents.choices.files import EvidenceState
from incidents.models import Evidence
from reviews.actions._doors import Hand, NotSound, fetch_open, note_change, touch
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import Finding, FindingBody, FindingEvidence, Review


class BodyValues(TypedDict):
    """An agency, or another body in words, and its part."""

    agency: NotRequired[Agency | None]
    name: NotRequired[str]
    post: NotRequired[str]
    role: NotRequired[str]
    note: NotRequired[str]


class FileValues(TypedDict):
    """What the file shows, and where in it."""

    shows: NotRequired[str]


def _of(review: Review, finding: Finding) -> Finding:
    """The finding, of this review and no other."""
    return review.findings.get(pk=finding.pk)


def _once(finding: Finding, row_id: int, values: BodyValues) -> None:
    agency, name = values.get("agency"), values.get("name", "")
    others = FindingBody.objects.filter(finding=finding, post=values.get("post", ""))
    others = others.exclude(pk=row_id)
    same = others.filter(agency=agency) if agency else others.filter(name__iexact=name)
    if (agency or name) and same.exists():
        raise NotSound(
            _("This body stands under the finding already. Change its line instead."),
            field="agency" if agency else "name",
        )


@deed
def add_finding_body(
    *,
    review_id: int,
    finding: Finding,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[BodyValues],
) -> FindingBody:
    """Say which body a finding is about, and whether it is its own part or a contribution."""
    review = fetch_open(review_id, by)
    row = FindingBody(finding=_of(review, finding), **values)
    if key is None or not FindingBody.objects.filter(key=key).exists():
        _once(row.finding, 0, values)
    return add_row(row, review, letter=Letter.E, key=key, hand=Hand(by, at))


@deed
def change_finding_body(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[BodyValues],
) -> FindingBody:
    """Put a body's line right."""
    review = fetch_open(review_id, by)
    row = FindingBody.objects.get(pk=row_id, finding__review=review)
    _once(row.finding, row.pk, values)
    return change_row(row, review, values, letter=Letter.E, version=version, hand=Hand(by, at))


@deed
def remove_finding_body(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a body off a finding."""
    review = fetch_open(review_id, by)
    row = FindingBody.objects.get(pk=row_id, finding__review=review)
    remove_row(row, review, letter=Letter.E, hand=Hand(by, at))


@deed
def add_finding_evidence(
    *,
    review_id: int,
    finding: Finding,
    evidence: Evidence,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[FileValues],
) -> FindingEvidence:
    """Set a file of the incident under a finding, once."""
    review = fetch_open(review_id, by)
    finding = _of(review, finding)
    piece = Evidence.objects.visible_to(by).get(pk=evidence.pk)
    if piece.incident_id != review.incident_id:
        raise NotSound(_("Choose a piece of evidence of this incident."), field="evidence")
    if piece.withdrawn_at is not None or piece.state == EvidenceState.REFUSED:
        raise NotSound(
            _("This piece is withdrawn or refused, and shows nothing."), field="evidence"
        )
    same = FindingEvidence.objects.filter(finding=finding, evidence=piece)
    if same.exists() and not (key and same.filter(key=key).exists()):
        raise NotSound(
            _("This file stands under the finding already. Change its line instead."),
            field="evidence",
        )
    row = FindingEvidence(finding=finding, evidence=piece, **values)
    return add_row(row, review, letter=Letter.E, key=key, hand=Hand(by, at))


@deed
def change_finding_evidence(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[FileValues],
) -> FindingEvidence:
    """Say better what the file shows."""
    review = fetch_open(review_id, by)
    row = FindingEvidence.objects.visible_to(by).get(pk=row_id, finding__review=review)
    return change_row(row, review, values, letter=Letter.E, version=version, hand=Hand(by, at))


@deed
def remove_finding_evidence(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a file off a finding; the file stays with the incident."""
    review = fetch_open(review_id, by)
    row = FindingEvidence.objects.visible_to(by).get(pk=row_id, finding__review=review)
    told = {"section": Letter.E.value, "row": "findingevidence", "id": row.pk, "deed": "removed"}
    note_change(review, Hand(by, at), **told)
    touch(review, Letter.E, Hand(by, at))
    row.delete()
