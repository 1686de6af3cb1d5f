"""Section I: agencies are asked for their word by a day, and give it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import Agency, User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from reviews import policies, selectors
from reviews.actions._doors import Hand, NotSound, check, fetch
from reviews.actions.dissent import new_dissent, point
from reviews.choices import Concur, DissentKind
from reviews.models import Concurrence, Consultation, Dissent, Review


class StaysInside(RuleBroken):
    """The marking keeps the review in its agency until it is published."""


@dataclass(frozen=True)
class Said:
    """What an agency says beside its word: what it disputes, where, in its own words."""

    kind: str = ""
    about: str = ""
    text: str = ""
    passage: str = ""
    passage_key: str = ""


@deed
def ask_agency(
    *, review_id: int, agency: Agency, due_date: date, by: User, at: datetime
) -> Consultation:
    """Ask an agency for its word by a day; its commanders may read the review from now on."""
    review = fetch(review_id, by, policies.can_ask_agencies)
    before = review.consultations.filter(agency=agency).first()
    if before is not None:
        return before
    if agency.pk == review.agency_id or not agency.is_active:
        raise NotSound(_("Choose another agency that is active here."), field="agency")
    if due_date <= timezone.localdate(at):
        raise NotSound(_("Give a day that is still to come."), field="due_date")
    check_may_leave(review)
    if not selectors.commanders_who_can(review, agency):
        raise NotSound(
            _(
                "No commander of this agency may read the incident at its marking. Share the"
                " incident with them first."
            ),
            field="agency",
        )
    asked = Consultation.objects.create(
        review=review, agency=agency, due_date=due_date, asked_at=at, asked_by=by
    )
    record(
        Verb.AGENCY_CONSULTED,
        by=by,
        target=review,
        at=at,
        agency=agency.code,
        due=due_date.isoformat(),
    )
    return asked


def check_may_leave(review: Review) -> None:
    """Refuse where the marking keeps it in its agency."""
    if not selectors.may_leave_agency(review):
        raise StaysInside(
            _(
                "This review is marked for its own agency or for named people, so no other agency"
                " here may read any of it before it is published."
            )
        )


@deed
def give_word(
    *,
    review_id: int,
    word: str,
    said: Said,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
) -> Concurrence:
    """The agency’s word. A later one takes its place; the earlier one is kept and shown."""
    review = fetch(review_id, by, policies.is_asked)
    asked = review.consultations.get(agency_id=by.agency_id)
    if key is not None:
        before = Concurrence.objects.filter(key=key, consultation=asked).first()
        if before is not None:
            return before
    answer = Concurrence(consultation=asked, word=word, at=at, by=by, key=key)
    answer.dissent = _dissent(review, word, said, Hand(by, at))
    check(answer, skip=("consultation", "dissent", "by", "key"))
    answer.save(force_insert=True)
    record(Verb.CONCURRENCE_GIVEN, by=by, target=review, at=at, word=word)
    return answer


def _dissent(review: Review, word: str, said: Said, hand: Hand) -> Dissent | None:
    """The words of a comment or dissent, stored as one."""
    if word == Concur.CONCUR:
        if said.text.strip():
            raise NotSound(_("With words, choose “Concurs with comment”."), field="word")
        return None
    kind = DissentKind.COMMENT if word == Concur.COMMENT else said.kind
    if word == Concur.DISSENT and kind in {"", DissentKind.COMMENT}:
        raise NotSound(_("Say what your agency disputes."), field="kind")
    dissent = new_dissent(review, kind=kind, text=said.text, about=said.about, hand=hand)
    point(dissent, said.passage, said.passage_key)
    check(dissent, skip=("review", "agency", "by", "key"))
    dissent.save(force_insert=True)
    return dissent
