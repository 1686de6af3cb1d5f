"""Section D: which pieces of evidence show what an entry says."""

from datetime import datetime

from agencies.lock import deed
from agencies.models import User
from incidents.models import Evidence, EvidenceQuerySet
from reviews.actions._doors import Hand, fetch_open, note_change, touch
from reviews.choices import Letter
from reviews.models import EntryEvidence, Review


@deed
def attach_evidence(
    *, review_id: int, entry_id: int, evidence_id: int, by: User, at: datetime
) -> EntryEvidence:
    """Say that a piece of the incident's evidence shows what the entry says."""
    review = fetch_open(review_id, by)
    entry = review.timeline.get(pk=entry_id)
    piece = _pieces(review, by).live().get(pk=evidence_id)
    link, is_new = EntryEvidence.objects.get_or_create(
        entry=entry, evidence=piece, defaults={"attached_at": at, "attached_by": by}
    )
    if is_new:
        _note(review, Hand(by, at), link, "attached")
    return link


@deed
def detach_evidence(
    *, review_id: int, entry_id: int, evidence_id: int, by: User, at: datetime
) -> None:
    """Take a piece off an entry; the piece itself stays as it is."""
    review = fetch_open(review_id, by)
    entry = review.timeline.get(pk=entry_id)
    piece = _pieces(review, by).get(pk=evidence_id)
    link = entry.shown_by.filter(evidence=piece).first()
    if link is not None:
        _note(review, Hand(by, at), link, "detached")
        link.delete()


def _pieces(review: Review, by: User) -> EvidenceQuerySet:
    return Evidence.objects.visible_to(by).filter(incident_id=review.incident_id)


def _note(review: Review, hand: Hand, link: EntryEvidence, deed_done: str) -> None:
    touch(review, Letter.D, hand)
    note_change(
        review,
        hand,
        section=Letter.D,
        row="timelineentry",
        id=link.entry_id,
        deed=deed_done,
        evidence=link.evidence_id,
    )
