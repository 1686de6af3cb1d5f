"""The review's way: submitted, returned with comments, approved, published and frozen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from reviews import policies, selectors
from reviews.actions._doors import Hand, NotSound, fetch, fetch_open, note_change
from reviews.actions.amending import carry
from reviews.actions.notices import check_replies
from reviews.choices import OPEN_STATES, RELEASED_STATES, Letter, ReviewState, SignOffDeed
from reviews.models import Review, ReviewVersion, SectionComment, SignOff
from reviews.selectors import Missing

NOTHING: Mapping[str, str] = MappingProxyType({})


class ReviewIncomplete(RuleBroken):
    """Sections say nothing, or recommendations lack something; `missing` says where."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(each.sentence for each in missing))
        self.missing = missing


class NeedsSecondPerson(RuleBroken):
    """Who wrote a review does not sign for it; another of the agency does."""


class AlreadyAnswered(RuleBroken):
    """An answer to a comment is given once."""


class WrongState(RuleBroken):
    """The deed does not follow from where the review stands."""


@deed
def submit_review(*, review_id: int, by: User, at: datetime) -> Review:
    """The lead lays the review before the commander, first or again after a return."""
    review = fetch(review_id, by, policies.can_submit)
    if review.state == ReviewState.SUBMITTED:
        return review
    if review.state not in OPEN_STATES:
        raise WrongState(_("This review is approved already."))
    missing = selectors.missing(review, today=timezone.localdate(at))
    if missing:
        raise ReviewIncomplete(missing)
    review.submitted_at = at
    return _sign(review, SignOffDeed.SUBMITTED, Hand(by, at), fields=["submitted_at"])


@deed
def return_review(
    *,
    review_id: int,
    comment: str,
    by: User,
    at: datetime,
    on_sections: Mapping[str, str] = NOTHING,
) -> Review:
    """The commander hands it back and says what is to be put right, as a whole and by section."""
    review = _fetch_for_another(review_id, by, policies.can_judge)
    if review.state == ReviewState.RETURNED:
        return review
    if review.state != ReviewState.SUBMITTED:
        raise WrongState(_("Only a submitted review can be returned."))
    if not comment.strip():
        raise NotSound(_("Say what is to be put right."), field="comment")
    asked = {letter: said.strip() for letter, said in on_sections.items() if said.strip()}
    _sign(review, SignOffDeed.RETURNED, Hand(by, at), comment=comment.strip())
    signed = review.signoffs.filter(deed=SignOffDeed.RETURNED).latest("id")
    SectionComment.objects.bulk_create(
        SectionComment(signoff=signed, review=review, letter=Letter(letter), text=asked[letter])
        for letter in sorted(asked)
    )
    return review


@deed
def answer_comment(
    *, review_id: int, comment_id: int, answer: str, by: User, at: datetime
) -> SectionComment:
    """The team says what was done about a comment. Given once; it is kept beside the comment."""
    review = fetch_open(review_id, by)
    comment = review.section_comments.select_for_update(of=("self",)).get(pk=comment_id)
    if comment.answer == answer.strip() and comment.answered_at is not None:
        return comment
    if comment.answered_at is not None:
        raise AlreadyAnswered(_("This comment was answered already; the answer is kept."))
    if not answer.strip():
        raise NotSound(_("Say what was done."), field="answer")
    comment.answer, comment.answered_at, comment.answered_by = answer.strip(), at, by
    comment.save(update_fields=["answer", "answered_at", "answered_by"])
    note_change(
        review, Hand(by, at), section=comment.letter, row="sectioncomment", id=comment.pk,
        deed="answered", answer=comment.answer,
    )  # fmt: skip
    return comment


@deed
def approve_review(*, review_id: int, comment: str = "", by: User, at: datetime) -> Review:
    """A commander with no hand in the review answers for it."""
    review = _fetch_for_another(review_id, by, policies.can_judge)
    if review.state == ReviewState.APPROVED:
        return review
    if review.state != ReviewState.SUBMITTED:
        raise WrongState(_("Only a submitted review can be approved."))
    review.approved_at, review.approved_by = at, by
    return _sign(
        review,
        SignOffDeed.APPROVED,
        Hand(by, at),
        comment=comment.strip(),
        fields=["approved_at", "approved_by"],
    )


@deed
def publish_review(*, review_id: int, by: User, at: datetime) -> Review:
    """Open the review to those its marking allows, and freeze what it says for good."""
    review = _fetch_for_another(review_id, by, policies.can_publish)
    if review.state in RELEASED_STATES:
        return review
    if review.state == ReviewState.CARRIED and review.amends is not None:
        return review.amends
    if review.state != ReviewState.APPROVED:
        raise WrongState(_("Only an approved review can be published."))
    check_replies(review, at)
    if review.amends_id is not None:
        return _publish_amendment(review, Hand(by, at))
    review.published_at, review.published_by = at, by
    _sign(review, SignOffDeed.PUBLISHED, Hand(by, at), fields=["published_at", "published_by"])
    _freeze(review, Hand(by, at))
    return review


def _publish_amendment(amendment: Review, hand: Hand) -> Review:
    """The next version of the review that it amends; until now readers read the last one."""
    rows = Review.objects.visible_to(hand.by).select_for_update(of=("self",))
    original = rows.get(amendments=amendment)
    signed = SignOffDeed.PUBLISHED
    SignOff.objects.create(review=amendment, deed=signed, at=hand.at, by=hand.by)
    carry(amendment, original, hand)
    version = _freeze(original, hand)
    record(Verb.REVIEW_AMENDED, by=hand.by, target=original, at=hand.at, version=version.number)
    return original


def _fetch_for_another(review_id: int, by: User, allowed: Callable[[User, Review], bool]) -> Review:
    """The review for somebody who did not write it. Tells a writer who may sign instead."""
    try:
        return fetch(review_id, by, allowed)
    except PermissionDenied:
        review = Review.objects.visible_to(by).get(pk=review_id)
        if not (policies.signs_for_others(by, review) and policies.is_on_team(by, review)):
            raise
        raise NeedsSecondPerson(second_person_sentence(review)) from None


def second_person_sentence(review: Review) -> str:
    """Who may publish a review, said to one of its writers."""
    posts = ", ".join(each.post_line() for each in selectors.signers_of(review))
    if not posts:
        return _(
            "Who wrote a review does not sign for it. A commander or release officer of your"
            " agency who is not on its team does, and there is none; ask your agency admin."
        )
    return _("Who wrote a review does not sign for it. Ask: %(posts)s.") % {"posts": posts}


VERBS = {
    SignOffDeed.SUBMITTED: (ReviewState.SUBMITTED, Verb.REVIEW_SUBMITTED),
    SignOffDeed.RETURNED: (ReviewState.RETURNED, Verb.REVIEW_RETURNED),
    SignOffDeed.APPROVED: (ReviewState.APPROVED, Verb.REVIEW_APPROVED),
    SignOffDeed.PUBLISHED: (ReviewState.PUBLISHED, Verb.REVIEW_PUBLISHED),
}


def _sign(
    review: Review,
    deed: SignOffDeed,
    hand: Hand,
    *,
    comment: str = "",
    fields: list[str] | None = None,
) -> Review:
    review.state, verb = VERBS[deed]
    review.save(update_fields=["state", *(fields or [])])
    SignOff.objects.create(review=review, deed=deed, comment=comment, at=hand.at, by=hand.by)
    record(verb, by=hand.by, target=review, at=hand.at, **({"comment": comment} if comment else {}))
    return review


def _freeze(review: Review, hand: Hand) -> ReviewVersion:
    document = selectors.review_document(review)
    return ReviewVersion.objects.create(
        review=review,
        number=review.versions.count() + 1,
        content=document,
        sha256=selectors.digest(document),
        frozen_at=hand.at,
        frozen_by=hand.by,
    )
