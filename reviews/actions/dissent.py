"""Section I: what a member or an agency holds against the review, kept as it was written."""

import uuid
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from reviews import policies, selectors
from reviews.actions._doors import Hand, NotSound, check, fetch
from reviews.models import Dissent, DissentAnswer, Review

ABOUT = Dissent._meta.get_field("about").max_length or 0


@deed
def attach_dissent(
    *,
    review_id: int,
    kind: str,
    text: str,
    by: User,
    at: datetime,
    about: str = "",
    passage: str = "",
    passage_key: str = "",
    key: uuid.UUID | None = None,
) -> Dissent:
    """Attach a comment or dissent. Nobody can change or remove it; it prints with the review.

    `passage` and `passage_key` point at what it disputes; `about` says it in words.
    """
    review = fetch(review_id, by, policies.can_comment)
    if key is not None:
        before = Dissent.objects.filter(key=key, review=review).first()
        if before is not None:
            return before
    dissent = new_dissent(review, kind=kind, text=text, about=about, hand=Hand(by, at))
    point(dissent, passage, passage_key)
    dissent.key = key
    check(dissent, skip=("review", "agency", "by", "key"))
    dissent.save(force_insert=True)
    record(Verb.DISSENT_ATTACHED, by=by, target=review, at=at, kind=kind, about=dissent.about)
    return dissent


def new_dissent(review: Review, *, kind: str, text: str, about: str, hand: Hand) -> Dissent:
    """A dissent, not stored yet. Raises NotSound where it says nothing."""
    if not text.strip():
        raise NotSound(_("Say it in your own words."), field="text")
    return Dissent(
        review=review,
        agency_id=hand.by.agency_id,
        kind=kind,
        about=about.strip(),
        text=text.strip(),
        at=hand.at,
        by=hand.by,
    )


def point(dissent: Dissent, passage: str, key: str) -> None:
    """Tie it to the passage chosen, or to the one that its words name."""
    if passage:
        found = selectors.passage_of(dissent.review, passage, key)
        if found is None:
            raise NotSound(
                _("This passage is no longer in the review. Choose again."), field="passage"
            )
    else:
        found = selectors.passage_named(dissent.review, dissent.about)
    if found is not None:
        dissent.passage, dissent.passage_key = found.kind, found.key
        dissent.about = (dissent.about or found.label)[:ABOUT]


@deed
def answer_dissent(
    *,
    review_id: int,
    dissent_id: int,
    text: str,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
) -> DissentAnswer:
    """Set an answer beside a dissent. It is kept as written; a later one stands after it."""
    review = fetch(review_id, by, policies.can_answer_dissent)
    dissent = review.dissents.get(pk=dissent_id)
    if key is not None:
        before = DissentAnswer.objects.filter(key=key, dissent=dissent).first()
        if before is not None:
            return before
    if not text.strip():
        raise NotSound(_("Say what you answer."), field="text")
    answer = DissentAnswer(dissent=dissent, text=text.strip(), at=at, by=by, key=key)
    check(answer, skip=("dissent", "by", "key"))
    answer.save(force_insert=True)
    record(Verb.DISSENT_ANSWERED, by=by, target=review, at=at, dissent=dissent.pk)
    return answer
