"""Section D: many entries at once, and the order of those that share a moment."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from core.errors import RuleBroken
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open, note_change, touch
from reviews.actions._rows import OWN, plain
from reviews.actions.timeline import EntryValues, check_sound, columns_of, next_position
from reviews.choices import Letter
from reviews.models import Review, TimelineEntry
from reviews.timeline_order import in_place, is_beside


class TooManyLines(RuleBroken):
    """More lines than are added at once."""


class NotBeside(RuleBroken):
    """Two entries whose order their times decide."""


@deed
def add_entries(
    *, review_id: int, by: User, at: datetime, key: uuid.UUID, lines: Sequence[EntryValues]
) -> list[TimelineEntry]:
    """Put the lines of a log on the timeline, all of them or none, in one deed.

    `key` is that of the page they were pasted on: the same line of the same page is added once.
    Raises TooManyLines, NotSound.
    """
    review = fetch_open(review_id, by)
    if len(lines) > rules.MOST_LINES:
        raise TooManyLines(
            _("At most %(most)d lines are added at once; these are %(n)d.")
            % {"most": rules.MOST_LINES, "n": len(lines)}
        )
    keys = _keys(key, lines)
    held = {row.key: row for row in review.timeline.filter(key__in=keys)}
    first = next_position(review)
    fresh = []
    for place, (row_key, columns) in enumerate(zip(keys, columns_of(lines), strict=True)):
        if row_key in held:
            continue
        row = TimelineEntry(
            review=review,
            position=first + place,
            key=row_key,
            edited_at=at,
            edited_by=by,
            **columns,
        )
        _check(row, lines[place], at)
        fresh.append(row)
    if fresh:
        made = TimelineEntry.objects.bulk_create(fresh)
        held |= {row.key: row for row in made}
        hand = Hand(by, at)
        touch(review, Letter.D, hand)
        ids = [row.pk for row in made]
        note_change(review, hand, section=Letter.D, row="timelineentry", deed="pasted", ids=ids)
    return [held[row_key] for row_key in keys]


def _keys(page: uuid.UUID, lines: Iterable[EntryValues]) -> list[uuid.UUID]:
    """A key a line: what it says, and the how-manyth of those that say the same."""
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        said = json.dumps({name: plain(value) for name, value in sorted(line.items())})
        seen[said] += 1
        keys.append(uuid.uuid5(page, f"{seen[said]}:{said}"))
    return keys


def _check(row: TimelineEntry, values: EntryValues, at: datetime) -> None:
    """The rules a line can break by what it says; the database states the rest."""
    check_sound(values, at)
    try:
        row.clean_fields(exclude={*OWN, "acting_agency", "told_agency"})
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise NotSound(sentences[0], field=field) from error


@deed
def move_entry_before(
    *, review_id: int, row_id: int, other_id: int, by: User, at: datetime
) -> TimelineEntry:
    """Set an entry directly before another of the same moment. Raises NotBeside."""
    return _move(review_id, row_id, other_id, Hand(by, at), after=0)


@deed
def move_entry_after(
    *, review_id: int, row_id: int, other_id: int, by: User, at: datetime
) -> TimelineEntry:
    """Set an entry directly after another of the same moment. Raises NotBeside."""
    return _move(review_id, row_id, other_id, Hand(by, at), after=1)


def _move(review_id: int, row_id: int, other_id: int, hand: Hand, *, after: int) -> TimelineEntry:
    review = fetch_open(review_id, hand.by)
    entries = in_place(review.timeline.prefetch_related("accounts"))
    by_number = {each.pk: each for each in entries}
    if row_id not in by_number or other_id not in by_number:
        raise TimelineEntry.DoesNotExist
    entry, other = by_number[row_id], by_number[other_id]
    if entry is other or not is_beside(entry, other):
        raise NotBeside(_("Their times decide the order of these two. Change a time instead."))
    group = [each for each in entries if is_beside(each, other) and each is not entry]
    group.insert(group.index(other) + after, entry)
    if _renumber(group):
        touch(review, Letter.D, hand)
        _note_move(review, hand, entry, other, after=after)
    return entry


def _renumber(group: list[TimelineEntry]) -> bool:
    """Give the places of the group to its entries in this order; whether any moved."""
    places: list[int] = []
    for place in sorted(each.position for each in group):
        places.append(place if not places else max(place, places[-1] + 1))
    if [each.pk for each in in_place(group)] == [each.pk for each in group]:
        return False
    for each, place in zip(group, places, strict=True):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
    return True


def _note_move(
    review: Review, hand: Hand, entry: TimelineEntry, other: TimelineEntry, *, after: int
) -> None:
    beside: dict[str, Any] = {"after" if after else "before": other.pk}
    note_change(
        review, hand, section=Letter.D, row="timelineentry", id=entry.pk, deed="moved", **beside
    )
