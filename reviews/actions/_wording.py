"""What was typed over what was read, when somebody else may have saved in between.

Each version that another follows is kept. Whoever typed over an older one is merged with what was
saved since (`reviews.merging`); what both changed is refused, and nothing is written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.errors import StaleEdit
from reviews import merging
from reviews.actions._doors import Hand
from reviews.models import EarlierWording, Review


class Clash(StaleEdit):
    """The same was changed by two people, each in their way; `fields` says what."""

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__(_("Somebody else saved this after you opened it. Nothing is lost."))
        self.fields = tuple(fields)


@dataclass(frozen=True)
class Held:
    """What is saved now, of one section (by its letter) or one line (by its kind and number)."""

    review: Review
    of: str
    row: int
    version: int
    values: dict[str, Any]
    by_id: int | None
    at: datetime | None


def settle(
    held: Held, typed: dict[str, Any], *, seen: int, hand: Hand, prose: Collection[str] = ()
) -> merging.Settled:
    """`typed` was written over version `seen`: what stands now. Raises Clash.

    Keeps the wording that is followed, and what was typed where others' words were put to it.
    """
    now = merging.Wording(held.version, held.values, held.by_id)
    since = _since(held, seen) if seen != held.version else []
    settled = merging.settle(now, since, typed, seen=seen, by=hand.by.pk, prose=prose)
    if settled.clashes:
        raise Clash(settled.clashes)
    if settled.earlier:
        EarlierWording.objects.bulk_create(
            _row(held, each, at=hand.at if each.is_typed else held.at) for each in settled.earlier
        )
    return settled


def follow(held: Held) -> int:
    """Keep what stands, since something beside its values was changed; the version that follows."""
    now = merging.Wording(held.version, held.values, held.by_id)
    _row(held, now, at=held.at).save(force_insert=True)
    return held.version + 1


def _since(held: Held, seen: int) -> list[merging.Wording]:
    """What was read, and each wording that followed it and is followed itself."""
    found = [
        merging.Wording(each.version, each.values, each.by_id, each.is_typed)
        for each in EarlierWording.objects.filter(
            review=held.review, of=held.of, row=held.row, version__gte=seen
        ).order_by("version")
    ]
    return found if found and found[0].version == seen else []


def _row(held: Held, wording: merging.Wording, *, at: datetime | None) -> EarlierWording:
    return EarlierWording(
        review=held.review,
        of=held.of,
        row=held.row,
        version=wording.version,
        values=wording.values,
        is_typed=wording.is_typed,
        by_id=wording.by,
        at=at,
    )
