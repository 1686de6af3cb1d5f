"""Candour: told to the facilitator alone, and said by the review only as three or more said it.

Deeds on statements are recorded in nobody's name: the record is read by more people than the
statements are. See docs/adr/0019-candour.md.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.choices import Classification
from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from reviews import policies, selectors
from reviews.actions._doors import Hand, NotSound, check, fetch, note_change
from reviews.choices import Letter
from reviews.models import CandourInvitation, CandourStatement, CandourTheme, Review
from reviews.models.candour import LEAST_CONTRIBUTORS

# What the record would fill in by itself: in which posting, by which request, from where.
ORIGIN = ("aar.posting", "aar.request", "aar.address")


class NotHeard(RuleBroken):
    """Nobody may be told, or the time for it is over."""


class TooFew(RuleBroken):
    """Fewer than three people said it."""


@deed
def invite_contributor(
    *, review_id: int, person: User, facilitator: User, about: str, by: User, at: datetime
) -> CandourInvitation:
    """Ask somebody who is not on the team to speak to the facilitator on this one review."""
    review = fetch(review_id, by, policies.can_invite_contributors)
    before = CandourInvitation.objects.filter(review=review, person=person).first()
    if before is not None:
        return before
    if facilitator not in selectors.facilitators(review):
        raise NotSound(_("Choose a facilitator of this review."), field="facilitator")
    if policies.is_on_team(person, review):
        raise NotSound(_("They are on the team and may speak without being asked."), field="email")
    if not person.is_active or review.classification not in Classification.up_to(person.clearance):
        raise NotSound(_("This person is not cleared for the review's marking."), field="email")
    invitation = CandourInvitation(
        review=review,
        person=person,
        facilitator=facilitator,
        about=about.strip(),
        asked_at=at,
        asked_by=by,
        reference=review.reference,
        from_agency=review.agency,
        tlp=review.tlp,
        classification=review.classification,
        caveats=list(review.caveats),
        is_example=review.is_example,
    )
    check(invitation, skip=("review", "person", "facilitator", "asked_by", "from_agency"))
    invitation.save(force_insert=True)
    record(Verb.CANDOUR_ASKED, by=by, target=review, at=at, post=person.post)
    return invitation


@deed
def tell_facilitator(
    *,
    review_id: int,
    facilitator: User,
    text: str,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
) -> CandourStatement:
    """Somebody on the team tells the facilitator, and nobody else."""
    review = fetch(review_id, by, policies.can_speak)
    if facilitator not in selectors.facilitators(review):
        raise NotSound(_("Choose a facilitator of this review."), field="facilitator")
    statement = CandourStatement(
        review_id=review.pk, author=by, facilitator=facilitator, given_at=at, key=key
    )
    return _given(statement, text, review)


@deed
def tell_when_asked(
    *, invitation_id: int, text: str, by: User, at: datetime, key: uuid.UUID | None = None
) -> CandourStatement:
    """Somebody who was invited tells the facilitator; of the review they read nothing."""
    asked = CandourInvitation.objects.visible_to(by).filter(person=by).get(pk=invitation_id)
    statement = CandourStatement(
        review_id=asked.review_id,
        author=by,
        facilitator_id=asked.facilitator_id,
        given_at=at,
        key=key,
    )
    return _given(statement, text, _named(asked.review_id, by))


@deed
def withdraw_statement(*, statement_id: int, by: User, at: datetime) -> CandourStatement:
    """Its author takes a statement back: the words are destroyed, and no summary rests on it."""
    rows = CandourStatement.objects.visible_to(by).filter(author=by)
    statement = rows.select_for_update().get(pk=statement_id)
    if statement.withdrawn_at is not None:
        return statement
    statement.sealed, statement.withdrawn_at = "", at
    statement.save(update_fields=["sealed", "withdrawn_at"])
    _note(Verb.CANDOUR_WITHDRAWN, _named(statement.review_id, by), Hand(by, at))
    return statement


def _given(statement: CandourStatement, text: str, review: Review) -> CandourStatement:
    """Sealed and stored once."""
    by, at = statement.author, statement.given_at
    if statement.key is not None:
        mine = CandourStatement.objects.visible_to(by).filter(author=by)
        before = mine.filter(key=statement.key).first()
        if before is not None:
            return before
    if not text.strip():
        raise NotSound(_("Say it in your own words."), field="text")
    if not selectors.takes_statement(statement.review_id, by):
        raise NotHeard(
            _("The review has left its team’s hands. Statements can no longer be used in it.")
        )
    statement.sealed = selectors.sealed_words(text.strip())
    check(statement, skip=("review", "author", "facilitator", "key"))
    statement.save(force_insert=True)
    _note(Verb.CANDOUR_GIVEN, review, Hand(by, at))
    return statement


@deed
def write_theme(
    *,
    review_id: int,
    text: str,
    statements: Iterable[int],
    by: User,
    at: datetime,
    theme_id: int | None = None,
) -> CandourTheme:
    """The facilitator says in their words what several said. Not shown until they show it.

    `statements`: numbers of those that it rests on, among what this facilitator was told.
    """
    review = fetch(review_id, by, policies.can_summarise)
    if not text.strip():
        raise NotSound(_("Say it in your own words."), field="text")
    told = CandourStatement.objects.visible_to(by).filter(facilitator=by, review=review)
    grounds = list(told.standing().filter(pk__in=list(statements)))
    mine = CandourTheme.objects.filter(review=review, by=by)
    theme = mine.get(pk=theme_id) if theme_id else CandourTheme(review=review, by=by)
    if theme.shown_at is not None and theme.text != text.strip():
        theme.shown_at = None  # other words are shown anew
    theme.text = text.strip()
    theme.save()
    theme.grounds.set(grounds)
    # What it says and on how much it rests is nobody's before it is shown.
    note_change(review, Hand(by, at), section=Letter.I, row="candourtheme", id=theme.pk)
    return theme


@deed
def show_theme(*, review_id: int, theme_id: int, by: User, at: datetime) -> CandourTheme:
    """The review says it from now on: "3 contributors said: …". Raises TooFew below three."""
    review = fetch(review_id, by, policies.can_summarise)
    theme = CandourTheme.objects.select_for_update().get(pk=theme_id, review=review, by=by)
    if theme.shown_at is not None:
        return theme
    if theme.contributors < LEAST_CONTRIBUTORS:
        raise TooFew(
            _(
                "Fewer than three people said it, so it cannot be shown: who reads it could guess"
                " who spoke."
            )
        )
    theme.shown_at = at
    theme.save(update_fields=["shown_at"])
    record(Verb.CANDOUR_SHOWN, by=by, target=review, at=at, theme=theme.pk)
    return theme


@deed
def hide_theme(*, review_id: int, theme_id: int, by: User, at: datetime) -> CandourTheme:
    """The facilitator takes a summary back before the review leaves the team's hands."""
    review = fetch(review_id, by, policies.can_summarise)
    theme = CandourTheme.objects.select_for_update().get(pk=theme_id, review=review, by=by)
    if theme.shown_at is None:
        return theme
    theme.shown_at = None
    theme.save(update_fields=["shown_at"])
    record(Verb.CANDOUR_HIDDEN, by=by, target=review, at=at, theme=theme.pk)
    return theme


def _named(review_id: int, by: User) -> Review:
    """The review for the record; who was invited knows its number and its agency, no more."""
    review = Review.objects.visible_to(by).filter(pk=review_id).first()
    asked = CandourInvitation.objects.visible_to(by).filter(review_id=review_id).first()
    if review is None and asked is not None:
        review = Review(pk=review_id, reference=asked.reference, agency_id=asked.from_agency_id)
    return review or Review(pk=review_id)


def _note(verb: Verb, review: Review, hand: Hand) -> None:
    """That it was done to this review, on this day. Who did it is sealed."""
    day = timezone.make_aware(datetime.combine(timezone.localdate(hand.at), time.min))
    with _from_nowhere():
        record(verb, by=None, target=review, at=day, sealed_actor=selectors.sealed_actor(hand.by))


@contextmanager
def _from_nowhere() -> Iterator[None]:
    """What is recorded inside tells neither posting nor request nor address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["coalesce(current_setting(%s, true), '')"] * len(ORIGIN)),
            ORIGIN,
        )
        was = cursor.fetchone()
        _tell(cursor, [""] * len(ORIGIN))
        yield
        _tell(cursor, was)


def _tell(cursor: CursorWrapper, values: Iterable[str]) -> None:
    pairs = [each for pair in zip(ORIGIN, values, strict=True) for each in pair]
    cursor.execute("SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(ORIGIN)), pairs)
