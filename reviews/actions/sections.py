"""The words of a section and how far it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, check, check_version, fetch_open, note_change
from reviews.actions._wording import Held, settle
from reviews.choices import Letter, SectionState
from reviews.models import Review, Section

# Set by the deed itself, never by the person; the database holds the rules about them.
OWN = ("review", "edited_at", "edited_by")
PROSE = ("text", "scope", "participants")


@deed
def save_section(
    *,
    review_id: int,
    letter: str,
    text: str,
    state: str,
    version: int,
    by: User,
    at: datetime,
    language: str | None = None,
) -> Section:
    """Keep the narrative of B to H. Saving the same words again changes nothing.

    No `language`: it stays as it is; empty: that of the review.

    Written over an older `version`, it is put together with what others saved since; Clash where
    both changed the same. `read_as` of the section is the version that says what was typed.
    """
    review = fetch_open(review_id, by)
    section = Section.objects.select_for_update().get(review=review, letter=letter)
    said = {"text": text, "language": section.language if language is None else language}
    return _write(review, section, said, state, seen=version, hand=Hand(by, at))


@deed
def replace_section(
    *, review_id: int, letter: str, text: str, state: str, version: int, by: User, at: datetime
) -> Section:
    """Keep the narrative of B to H, for whoever has read the very version that is saved now.

    For machines, which say what they have read (`If-Match`): StaleEdit for any other version.
    """
    review = fetch_open(review_id, by)
    section = Section.objects.select_for_update().get(review=review, letter=letter)
    check_version(version, section.version)
    said = {"text": text, "language": section.language}
    return _write(review, section, said, state, seen=version, hand=Hand(by, at))


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
    language: str | None = None,
) -> Review:
    """Keep section A, field by field. Another tier moves the day the review is due."""
    review = fetch_open(review_id, by)
    typed = {"tier": tier, "scope": scope, "participants": participants}
    typed["language"] = review.language if language is None else language
    return _write_header(review, typed, state, seen=version, hand=Hand(by, at))


@deed
def replace_header(
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
    """Keep section A, for whoever has read the version that is saved now; as replace_section."""
    review = fetch_open(review_id, by)
    check_version(version, review.lock_version)
    typed = {"tier": tier, "scope": scope, "participants": participants}
    typed["language"] = review.language
    return _write_header(review, typed, state, seen=version, hand=Hand(by, at))


def _write(
    review: Review, section: Section, said: dict[str, str], state: str, *, seen: int, hand: Hand
) -> Section:
    held = {name: getattr(section, name) for name in said}
    if held == said and section.state == state:
        section.read_as = section.version
        return section
    before = held | {"state": section.state}
    step = settle(
        _held(
            review,
            section,
            section.version,
            held | {"complete": section.state == SectionState.COMPLETE},
        ),
        said | {"complete": state == SectionState.COMPLETE},
        seen=seen,
        hand=hand,
        prose=PROSE,
    )
    section.read_as = step.read
    state = _state(state, step.values, says=bool(step.values["text"].strip()))
    if step.version == section.version and section.state == state:
        return section
    for name in said:
        setattr(section, name, step.values[name])
    section.state, section.version = state, step.version
    section.edited_at, section.edited_by = hand.at, hand.by
    check(section, skip=OWN)
    section.save(update_fields=[*said, "state", "version", "edited_at", "edited_by"])
    note_change(review, hand, section=section.letter, deed="changed", before=before)
    return section


def _write_header(
    review: Review, typed: dict[str, Any], state: str, *, seen: int, hand: Hand
) -> Review:
    section = Section.objects.select_for_update().get(review=review, letter=Letter.A)
    before = {name: getattr(review, name) for name in typed}
    if typed == before and section.state == state:
        review.read_as = review.lock_version
        return review
    step = settle(
        _held(
            review,
            section,
            review.lock_version,
            {**before, "complete": section.state == SectionState.COMPLETE},
        ),
        {**typed, "complete": state == SectionState.COMPLETE},
        seen=seen,
        hand=hand,
        prose=PROSE,
    )
    review.read_as = step.read
    if rules.is_too_much(step.values["tier"], review.findings.count()):
        raise NotSound(str(rules.TOO_MANY_FINDINGS), field="tier")
    words = bool(step.values["scope"] or step.values["participants"])
    state = _state(state, step.values, says=words)
    if step.version == review.lock_version and section.state == state:
        return review
    for name in typed:
        setattr(review, name, step.values[name])
    review.due_at = rules.due_at(review.incident, review.tier)
    review.lock_version = step.version
    review.save(update_fields=[*typed, "due_at", "lock_version"])
    section.state = SectionState(state)
    section.edited_at, section.edited_by = hand.at, hand.by
    section.save(update_fields=["state", "edited_at", "edited_by"])
    note_change(review, hand, section="A", deed="changed", before=before)
    return review


def _held(review: Review, section: Section, version: int, values: dict[str, Any]) -> Held:
    return Held(review, section.letter, 0, version, values, section.edited_by_id, section.edited_at)


def _state(typed: str, values: Mapping[str, Any], *, says: bool) -> str:
    """How far it is, once what was typed is put together with what others had saved."""
    if values["complete"]:
        return SectionState.COMPLETE
    if typed == SectionState.NOT_STARTED and not says:
        return typed
    return SectionState.IN_PROGRESS
