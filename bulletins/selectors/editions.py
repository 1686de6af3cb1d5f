"""The editions of a product, what each says otherwise than the one before, and who did what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import formats
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.models.marking import Person
from audit.models import Event
from bulletins.choices import BulletinState
from bulletins.models import Bulletin
from bulletins.models.bulletin import BulletinQuerySet
from bulletins.models.kinds import KIND_FIELDS
from reviews.selectors.frozen import FactChange, word_changes

WORDS = ("title", "bottom_line", "audience", "actions", "act_by")
MARKS = ("language", "classification", "tlp")
DEEDS_SHOWN = 20


@dataclass(frozen=True)
class Edition:
    """One edition and what it says otherwise than the one before."""

    bulletin: Bulletin
    changes: tuple[FactChange, ...]
    deeds: tuple[Event, ...]


def only_newest(rows: BulletinQuerySet, user: Person) -> BulletinQuerySet:
    """Without the editions whose place another takes that the person may read."""
    newer = Bulletin.objects.visible_to(user).filter(
        supersedes=OuterRef("pk"), state=BulletinState.ISSUED
    )
    return rows.exclude(Exists(newer))


def newest_edition(user: User, bulletin: Bulletin) -> Bulletin | None:
    """The edition that takes the place of this one, if it is issued and the person may read it."""
    newer = Bulletin.objects.visible_to(user).filter(
        reference=bulletin.reference, edition__gt=bulletin.edition, state=BulletinState.ISSUED
    )
    return newer.defer("content").order_by("-edition").first()


def next_draft(user: User, bulletin: Bulletin) -> Bulletin | None:
    """The draft of the next edition, for who may read drafts."""
    drafts = Bulletin.objects.visible_to(user).filter(
        supersedes=bulletin, state=BulletinState.DRAFT
    )
    return drafts.defer("content").first()


def editions_of(user: User, bulletin: Bulletin) -> list[Edition]:
    """All editions that the person may read, newest first; deeds for its own agency."""
    rows = list(
        Bulletin.objects.visible_to(user)
        .filter(reference=bulletin.reference)
        .select_related("agency", "composed_by", "issued_by")
        .prefetch_related("parts__lesson")
        .defer("content")
        .order_by("-edition")
    )
    by_number = {each.edition: each for each in rows}
    own = bulletin.agency_id == user.agency_id
    return [
        Edition(
            each,
            tuple(_changes(by_number.get(each.edition - 1), each)),
            _deeds(each) if own else (),
        )
        for each in rows
    ]


def _deeds(bulletin: Bulletin) -> tuple[Event, ...]:
    return tuple(Event.objects.about(bulletin).order_by("-at", "-pk")[:DEEDS_SHOWN])


def _changes(old: Bulletin | None, new: Bulletin) -> Iterable[FactChange]:
    """Field by field, word by word; nothing where the edition before may not be read."""
    if old is None:
        return
    for name in (*WORDS, *KIND_FIELDS[new.kind], *MARKS):
        was, now = _said(old, name), _said(new, name)
        if was != now:
            label = str(Bulletin._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield FactChange(label, tuple(word_changes(was, now)))
    was, now = _lessons(old), _lessons(new)
    if was != now:
        yield FactChange(_("Lessons"), tuple(word_changes(was, now)))


def _said(bulletin: Bulletin, name: str) -> str:
    shown = getattr(bulletin, f"get_{name}_display", None)
    value: Any = shown() if shown else getattr(bulletin, name)
    if name in {"act_by", "report_by"} and value:
        return formats.date_format(value, "j M Y")
    # A browser ends its lines in two letters.
    return str(value or "").replace("\r\n", "\n")


def _lessons(bulletin: Bulletin) -> str:
    parts = sorted(bulletin.parts.all(), key=lambda part: part.position)
    return ", ".join(part.lesson.reference for part in parts)
