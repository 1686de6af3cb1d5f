"""How every deed on a review begins and ends: fetched for the person, locked, allowed, recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken, StaleEdit
from reviews import policies
from reviews.choices import OPEN_STATES, SectionState
from reviews.models import Review, Section


@dataclass(frozen=True)
class Hand:
    """Who does the deed, and when."""

    by: User
    at: datetime


class NotOpen(RuleBroken):
    """The review has left the team's hands."""


class NotSound(RuleBroken):
    """What was written breaks a rule; `field` says where."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def fetch(review_id: int, by: User, allowed: Callable[[User, Review], bool]) -> Review:
    """The review as `by` may see it, locked. Raises DoesNotExist or PermissionDenied."""
    review = Review.objects.visible_to(by).select_for_update(of=("self",)).get(pk=review_id)
    if not allowed(by, review):
        raise PermissionDenied
    return review


def fetch_open(review_id: int, by: User) -> Review:
    """The review, locked, for its team to write in. Raises NotOpen once it left their hands."""
    review = fetch(review_id, by, policies.is_on_team)
    if review.state not in OPEN_STATES:
        raise NotOpen(
            _("This review is with the commander; nothing in it can be changed unless returned.")
        )
    return review


def check(row: models.Model, *, skip: tuple[str, ...] = ()) -> None:
    """The model's own rules, said as a refusal instead of a database error."""
    try:
        row.full_clean(exclude=set(skip), validate_unique=False)
    except ValidationError as error:
        field, broken = next(iter(error.error_dict.items()))
        beside = field if field != NON_FIELD_ERRORS else broken[0].code or ""
        raise NotSound(broken[0].messages[0], field=beside) from error


def check_version(seen: int, held: int) -> None:
    """Refuse to overwrite what somebody saved after it was read."""
    if seen != held:
        raise StaleEdit(_("Somebody else saved this after you opened it. Nothing is lost."))


def touch(review: Review, letter: str, hand: Hand) -> None:
    """A section that holds a line is no longer untouched, and says who wrote in it last."""
    section = Section.objects.get(review=review, letter=letter)
    if section.state == SectionState.NOT_STARTED:
        section.state = SectionState.IN_PROGRESS
    section.edited_at, section.edited_by = hand.at, hand.by
    section.save(update_fields=["state", "edited_at", "edited_by"])


def note_change(review: Review, hand: Hand, **data: Any) -> None:
    """The audit row of a change inside the review."""
    record(Verb.REVIEW_CHANGED, by=hand.by, target=review, at=hand.at, **data)
