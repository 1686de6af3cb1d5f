"""While a review is written: who is where, what was half typed, what was said before."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.models import User
from reviews.choices import Letter, SectionState
from reviews.merging import Piece, differences
from reviews.models import Draft, EarlierWording, Presence, Review, Row, Section

# After this long without a sign of life somebody is no longer there.
GONE_AFTER = timedelta(seconds=60)
Line = TypeVar("Line", bound=Row)


@dataclass(frozen=True)
class Somebody:
    """Another person who has a section of the review open."""

    post: str
    letter: str

    @property
    def words(self) -> str:
        """On the page of the section."""
        return _("%(post)s is in this section.") % {"post": self.post}

    @property
    def title(self) -> str:
        """Of the section."""
        return str(Letter(self.letter).label)


@dataclass(frozen=True)
class Earlier:
    """One field of an earlier wording, beside what followed it."""

    version: int
    post: str
    at: datetime | None
    field: str
    text: str
    pieces: list[Piece]


def others_in(review: Review, user: User, at: datetime) -> list[Somebody]:
    """Who else has a section open now, by section."""
    rows = (
        Presence.objects.filter(review=review, seen_at__gt=at - GONE_AFTER)
        .exclude(person=user)
        .select_related("person")
        .order_by("letter", "person__post", "pk")
    )
    return [Somebody(each.person.post, each.letter) for each in rows]


def drafts_of(review: Review, user: User, *, page: str = "") -> list[Draft]:
    """The person's own forms that wait: what was typed on `page`, then the last one first."""
    rows = Draft.objects.filter(review=review, person=user).order_by("-kept_at", "-pk")
    return sorted(rows, key=lambda each: not (page and each.page == page))


def row_at(row: Line, review: Review, version: int) -> tuple[Line, frozenset[str]] | None:
    """A line as it was at an earlier version, and the fields that are known of it."""
    wording = EarlierWording.objects.filter(
        review=review, of=str(row._meta.model_name), row=row.pk, version=version
    ).first()
    if wording is None:
        return None
    was = copy(row)
    for name, value in wording.values.items():
        _put(was, name, value)
    return was, frozenset(wording.values)


def section_at(section: Section, review: Review, version: int) -> tuple[Section, Review] | None:
    """A section's words and the header as they were at an earlier version."""
    wording = EarlierWording.objects.filter(
        review=review, of=section.letter, row=0, version=version
    ).first()
    if wording is None:
        return None
    was, whole = copy(section), copy(review)
    for name, value in wording.values.items():
        if name == "complete":
            was.state = SectionState.COMPLETE if value else SectionState.IN_PROGRESS
        else:
            _put(was if name == "text" else whole, name, value)
    return was, whole


def earlier_wordings(section: Section, review: Review) -> list[Earlier]:
    """What the section said before, the last wording first, each with what followed it."""
    rows = list(
        EarlierWording.objects.filter(review=review, of=section.letter, row=0)
        .select_related("by")
        .order_by("-version")
    )
    now: dict[str, Any] = {"text": section.text} if section.letter != Letter.A else {}
    found = []
    for row in rows:
        for name, value in row.values.items():
            if not isinstance(value, str):
                continue
            after = now.get(name, getattr(review, name, value))
            now[name] = value
            if after != value:
                post = row.by.post if row.by else ""
                pieces = differences(value, after)
                found.append(Earlier(row.version, post, row.at, _label(name), value, pieces))
    return found


def _label(name: str) -> str:
    model = Section if name == "text" else Review
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _put(row: Model, name: str, value: Any) -> None:
    field: Any = row._meta.get_field(name)
    setattr(row, field.attname, field.to_python(value))
