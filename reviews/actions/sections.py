"""The words of a section and how far it is."""

from datetime import datetime

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, check, check_version, fetch_open, note_change
from reviews.choices import Letter, SectionState
from reviews.models import Review, Section


@deed
def save_section(
    *, review_id: int, letter: str, text: str, state: str, version: int, by: User, at: datetime
) -> Section:
    """Keep the narrative of B to H. Saving the same words again changes nothing."""
    review = fetch_open(review_id, by)
    section = Section.objects.select_for_update().get(review=review, letter=letter)
    if section.text == text and section.state == state:
        return section
    check_version(version, section.version)
    before = {"text": section.text, "state": section.state}
    section.text, section.state = text, state
    section.version += 1
    section.edited_at, section.edited_by = at, by
    check(section, skip=("review",))
    section.save(update_fields=["text", "state", "version", "edited_at", "edited_by"])
    note_change(review, Hand(by, at), section=letter, deed="changed", before=before)
    return section


@deed
def save_header(
    *,
    review_id: int,
    tier: str,
    scope: str,
    participants: str,
    state: str,
    version: int,
    by: User,
    at: datetime,
) -> Review:
    """Keep section A. Another tier moves the day the review is due."""
    review = fetch_open(review_id, by)
    section = Section.objects.select_for_update().get(review=review, letter=Letter.A)
    typed = {"tier": tier, "scope": scope, "participants": participants}
    before = {name: getattr(review, name) for name in typed}
    if typed == before and section.state == state:
        return review
    check_version(version, review.lock_version)
    if rules.is_too_much(tier, review.findings.count()):
        raise NotSound(str(rules.TOO_MANY_FINDINGS), field="tier")
    for name, value in typed.items():
        setattr(review, name, value)
    review.due_at = rules.due_at(review.incident, tier)
    review.lock_version += 1
    review.save(update_fields=[*typed, "due_at", "lock_version"])
    section.state = SectionState(state)
    section.edited_at, section.edited_by = at, by
    section.save(update_fields=["state", "edited_at", "edited_by"])
    note_change(review, Hand(by, at), section="A", deed="changed", before=before)
    return review
