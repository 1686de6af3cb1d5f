"""The hot debrief: one page saved as one deed, a file handed in once, growth without retyping."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from core.errors import RuleBroken, StaleEdit
from reviews import rules, selectors
from reviews.actions._doors import Hand, NotSound, fetch_open, note_change, touch
from reviews.actions._rows import add_row, change_row
from reviews.actions._wording import Clash
from reviews.actions.findings import add_finding, change_finding, remove_finding
from reviews.actions.opening import Marking, open_review
from reviews.actions.recommendations import (
    add_recommendation,
    change_recommendation,
    remove_recommendation,
)
from reviews.actions.sections import save_section
from reviews.choices import Letter, ReviewTier, SectionState
from reviews.hot import QUESTIONS, Debrief, Line
from reviews.hot_merging import put_together
from reviews.models import (
    Finding,
    HotDebrief,
    OfflineFiling,
    Recommendation,
    Review,
    Section,
)

L = TypeVar("L", bound=Line)


class NotHot(RuleBroken):
    """The review has grown out of the one page."""


@deed
def save_debrief(
    *, review_id: int, typed: Debrief, read: Debrief | None, by: User, at: datetime
) -> Debrief:
    """Keep the one page: each answer where the ten sections keep it. The same again is nothing.

    `read` is what the page was read with. What others saved since stands in every box that `typed`
    left as it was read; Clash where both changed one, StaleEdit where it is not known what was
    read. Returns what stands now, at the places of the page.
    """
    review = fetch_open(review_id, by)
    if review.tier != ReviewTier.T1:
        raise NotHot(
            _("This review has grown: it is written in its ten sections now. Nothing was saved.")
        )
    held = selectors.debrief_of(review)
    stands = _settled(typed, read, held)
    if _is_saved(stands, held):
        return stands
    if stands.no_finding and any(line.words for line in stands.findings):
        raise NotSound(
            _("There is a finding, and it is said that there is none: choose one of the two."),
            field="no_finding",
        )
    hand = Hand(by, at)
    _keep_row(review, stands, hand)
    _keep_words(review, stands, hand)
    return replace(
        stands,
        findings=_keep_lines(stands.findings, held.findings, _finding_deeds(review, hand)),
        asked=_keep_lines(stands.asked, held.asked, _asked_deeds(review, hand)),
    )


def _settled(typed: Debrief, read: Debrief | None, held: Debrief) -> Debrief:
    if read is None:
        if typed.compact() != held:
            raise StaleEdit(_("Somebody else saved this after you opened it. Nothing is lost."))
        return held
    together = put_together(typed, read, held)
    if together.clashes:
        raise Clash(together.clashes)
    return together.debrief


def _is_saved(stands: Debrief, held: Debrief) -> bool:
    return (
        stands.boxes() == held.boxes()
        and _are_saved(stands.findings, held.findings)
        and _are_saved(stands.asked, held.asked)
    )


def _are_saved(stands: Sequence[Line], held: Sequence[Line]) -> bool:
    was = {each.row: each for each in held}
    return all(was.get(each.row) == each for each in stands if each.words or each.row)


def _keep_row(review: Review, stands: Debrief, hand: Hand) -> None:
    row, values = selectors.hot_row(review), stands.own()
    if row is None:
        new = HotDebrief(review=review, **values)
        add_row(new, review, letter=Letter.D, key=None, hand=hand)
    else:
        change_row(row, review, values, letter=Letter.D, version=row.version, hand=hand)
    if stands.needs:
        touch(review, Letter.F, hand)


def _keep_words(review: Review, stands: Debrief, hand: Hand) -> None:
    """The four short answers, each as the words of its section."""
    for name, letter in QUESTIONS.items():
        section = Section.objects.get(review=review, letter=letter)
        text: str = getattr(stands, name)
        if section.text == text:
            continue
        begun = text and section.state == SectionState.NOT_STARTED
        save_section(
            review_id=review.pk,
            letter=letter,
            text=text,
            state=SectionState.IN_PROGRESS if begun else section.state,
            version=section.version,
            by=hand.by,
            at=hand.at,
        )


@dataclass(frozen=True)
class LineDeeds:
    """What is done to lines of one kind; `names`: of their boxes, by the columns."""

    add: Callable[[dict[str, Any]], int]
    change: Callable[[int, dict[str, Any]], object]
    remove: Callable[[int], None]
    names: Mapping[str, str]


def _finding_deeds(review: Review, hand: Hand) -> LineDeeds:
    common: dict[str, Any] = {"review_id": review.pk, "by": hand.by, "at": hand.at}

    def change(row_id: int, said: dict[str, Any]) -> Finding:
        version = review.findings.get(pk=row_id).version
        return change_finding(row_id=row_id, version=version, **common, **said)

    return LineDeeds(
        add=lambda said: add_finding(**common, **said).pk,
        change=change,
        remove=lambda row_id: remove_finding(row_id=row_id, **common),
        names={"title": "finding", "kind": "kind", "phase": "phase"},
    )


def _asked_deeds(review: Review, hand: Hand) -> LineDeeds:
    common: dict[str, Any] = {"review_id": review.pk, "by": hand.by, "at": hand.at}

    def change(row_id: int, said: dict[str, Any]) -> Recommendation:
        row = review.recommendations.get(pk=row_id)
        said = {"version": row.version, "findings": list(row.findings.all()), **said}
        return change_recommendation(row_id=row_id, **common, **said)

    return LineDeeds(
        add=lambda said: add_recommendation(**common, **said).pk,
        change=change,
        remove=lambda row_id: remove_recommendation(row_id=row_id, **common),
        names={"text": "asked", "owner_post": "owner", "due_date": "due"},
    )


def _keep_lines(stands: Sequence[L], held: Sequence[L], deeds: LineDeeds) -> tuple[L, ...]:
    """Emptied lines first, so that another may come in their place; each with its number now."""
    was, found = {each.row: each for each in held}, list(stands)
    for place, line in enumerate(stands):
        if line.row and not line.words:
            deeds.remove(line.row)
            found[place] = replace(line, row=0)
    for place, line in enumerate(stands):
        if not line.words or line == was.get(line.row):
            continue
        with _on_line(place, **deeds.names):
            if line.row:
                deeds.change(line.row, line.answers())
            else:
                found[place] = replace(line, row=deeds.add(line.answers()))
    return tuple(found)


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
    save_debrief(review_id=review.pk, typed=typed.compact(), read=held, by=by, at=at)
    _note_filing(review, blank, sha256, Hand(by, at))
    return review


@deed
def settle_filing(
    *,
    review_id: int,
    typed: Debrief,
    read: Debrief | None,
    blank: uuid.UUID,
    sha256: str,
    by: User,
    at: datetime,
) -> Review:
    """Keep what was chosen between a file and the draft: with that the file is filed."""
    save_debrief(review_id=review_id, typed=typed, read=read, by=by, at=at)
    review = fetch_open(review_id, by)
    if not review.filings.filter(sha256=sha256).exists():
        _note_filing(review, blank, sha256, Hand(by, at))
    return review


def _note_filing(review: Review, blank: uuid.UUID, sha256: str, hand: Hand) -> None:
    OfflineFiling.objects.create(
        review=review, blank=blank, sha256=sha256, filed_at=hand.at, filed_by=hand.by
    )
    note_change(review, hand, deed="filed", blank=str(blank), sha256=sha256)
