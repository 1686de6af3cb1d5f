"""The hot debrief: one page saved as one deed, a file handed in once, growth without retyping."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from core.errors import RuleBroken, StaleEdit
from reviews import rules, selectors
from reviews.actions._doors import Hand, NotSound, check_version, fetch_open, note_change, touch
from reviews.actions._rows import add_row, change_row
from reviews.actions.findings import add_finding, change_finding, remove_finding
from reviews.actions.opening import Marking, open_review
from reviews.actions.recommendations import (
    add_recommendation,
    change_recommendation,
    remove_recommendation,
)
from reviews.choices import Letter, ReviewTier, SectionState
from reviews.hot import ASKED_LINES, FINDING_LINES, QUESTIONS, AskedLine, Debrief, FindingLine
from reviews.models import HotDebrief, OfflineFiling, Review, Section


class NotHot(RuleBroken):
    """The review has grown out of the one page."""


@deed
def save_debrief(*, review_id: int, typed: Debrief, version: int, by: User, at: datetime) -> Review:
    """Keep the one page: each answer where the ten sections keep it. The same again is nothing.

    `version` is the fingerprint of what the page was read with. Raises StaleEdit if it moved on.
    """
    review = fetch_open(review_id, by)
    if review.tier != ReviewTier.T1:
        raise NotHot(
            _("This review has grown: it is written in its ten sections now. Nothing was saved.")
        )
    held = selectors.debrief_of(review)
    if typed.compact() == held:
        return review
    check_version(version, held.fingerprint)
    if typed.no_finding and any(line.title for line in typed.findings):
        raise NotSound(
            _("There is a finding, and it is said that there is none: choose one of the two."),
            field="no_finding",
        )
    hand = Hand(by, at)
    _keep_row(review, typed, hand)
    _keep_words(review, typed, hand)
    _keep_findings(review, typed, hand)
    _keep_asked(review, typed, hand)
    return review


def _keep_row(review: Review, typed: Debrief, hand: Hand) -> None:
    row, values = selectors.hot_row(review), typed.own()
    if row is None:
        new = HotDebrief(review=review, **values)
        add_row(new, review, letter=Letter.D, key=None, hand=hand)
    else:
        change_row(row, review, values, letter=Letter.D, version=row.version, hand=hand)
    if typed.needs:
        touch(review, Letter.F, hand)


def _keep_words(review: Review, typed: Debrief, hand: Hand) -> None:
    """The four short answers, each as the words of its section."""
    for name, letter in QUESTIONS.items():
        section = Section.objects.select_for_update().get(review=review, letter=letter)
        text: str = getattr(typed, name)
        if section.text == text:
            continue
        before = {"text": section.text, "state": section.state}
        section.text, section.version = text, section.version + 1
        if text and section.state == SectionState.NOT_STARTED:
            section.state = SectionState.IN_PROGRESS
        section.edited_at, section.edited_by = hand.at, hand.by
        section.save(update_fields=["text", "state", "version", "edited_at", "edited_by"])
        note_change(review, hand, section=letter, deed="changed", before=before)


def _keep_findings(review: Review, typed: Debrief, hand: Hand) -> None:
    held = list(review.findings.order_by("number")[:FINDING_LINES])
    common: dict[str, Any] = {"review_id": review.pk, "by": hand.by, "at": hand.at}
    for place in range(max(len(held), len(typed.findings))):
        line = typed.findings[place] if place < len(typed.findings) else FindingLine()
        said: dict[str, Any] = {"title": line.title, "kind": line.kind, "phase": line.phase}
        row = held[place] if place < len(held) else None
        with _on_line(place, title="finding", kind="kind", phase="phase"):
            if row is None and line.title:
                add_finding(**common, **said)
            elif row is not None and line.title:
                change_finding(row_id=row.pk, version=row.version, **common, **said)
            elif row is not None:
                remove_finding(row_id=row.pk, **common)


def _keep_asked(review: Review, typed: Debrief, hand: Hand) -> None:
    held = list(review.recommendations.order_by("number")[:ASKED_LINES])
    common: dict[str, Any] = {"review_id": review.pk, "by": hand.by, "at": hand.at}
    for place in range(max(len(held), len(typed.asked))):
        line = typed.asked[place] if place < len(typed.asked) else AskedLine()
        said: dict[str, Any] = {
            "text": line.text,
            "owner_post": line.owner_post,
            "due_date": line.due_date,
        }
        row = held[place] if place < len(held) else None
        with _on_line(place, text="asked", owner_post="owner", due_date="due"):
            if row is None and line.text:
                add_recommendation(**common, **said)
            elif row is not None and line.text:
                findings = list(row.findings.all())
                said |= {"version": row.version, "findings": findings}
                change_recommendation(row_id=row.pk, **common, **said)
            elif row is not None:
                remove_recommendation(row_id=row.pk, **common)


@contextmanager
def _on_line(place: int, **names: str) -> Iterator[None]:
    """A refusal names the box of the one page that it is about."""
    try:
        yield
    except NotSound as refusal:
        name = names.get(refusal.field, next(iter(names.values())))
        raise NotSound(str(refusal), field=f"{name}_{place + 1}") from refusal


@deed
def grow_review(*, review_id: int, tier: str, by: User, at: datetime) -> Review:
    """Make it a heavier review: all that is written stands, the day it is due moves.

    A review that is as heavy already is left as it is.
    """
    review = fetch_open(review_id, by)
    if ReviewTier(tier).limit_hours <= ReviewTier(review.tier).limit_hours:
        return review
    before = {"tier": review.tier}
    review.tier, review.due_at = tier, rules.due_at(review.incident, tier)
    review.lock_version += 1
    review.save(update_fields=["tier", "due_at", "lock_version"])
    touch(review, Letter.A, Hand(by, at))
    note_change(review, Hand(by, at), section="A", deed="grown", before=before)
    return review


@deed
def file_debrief(
    *,
    incident_id: int,
    typed: Debrief,
    blank: uuid.UUID,
    sha256: str,
    by: User,
    at: datetime,
    **marking: Unpack[Marking],
) -> Review:
    """File what was written without a network: it opens the review, or fills the draft once.

    Raises StaleEdit where the draft says something else, so that both are shown and none is lost.
    """
    review = open_review(incident_id=incident_id, by=by, at=at, tier=ReviewTier.T1, **marking)
    if OfflineFiling.objects.filter(review=review, sha256=sha256).exists():
        return review
    held = selectors.debrief_of(review)
    if not held.is_blank and held != typed.compact():
        raise StaleEdit(_("The draft says something else than the file. Nothing is lost."))
    save_debrief(review_id=review.pk, typed=typed, version=held.fingerprint, by=by, at=at)
    OfflineFiling.objects.create(
        review=review, blank=blank, sha256=sha256, filed_at=at, filed_by=by
    )
    note_change(review, Hand(by, at), deed="filed", blank=str(blank), sha256=sha256)
    return review
