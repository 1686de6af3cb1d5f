"""Section I: a criticised body is given the passage, and its reply is kept."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import Agency, User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from reviews import policies, rules, selectors
from reviews.actions._doors import NotSound, check, fetch
from reviews.actions.words import check_may_leave
from reviews.models import FairNotice, Finding, NoticeReply, Review


class ReplyAwaited(RuleBroken):
    """A body that is criticised may still reply, so the review is not out yet."""


@dataclass(frozen=True)
class Body:
    """Who is criticised: an agency of this deployment or a body outside, and its post."""

    post: str
    agency: Agency | None = None
    name: str = ""


@deed
def give_notice(
    *,
    review_id: int,
    body: Body,
    due_date: date,
    by: User,
    at: datetime,
    finding_number: int | None = None,
    words: str = "",
    key: uuid.UUID | None = None,
) -> FairNotice:
    """Give a body the passage that criticises it: a finding as it stands, or words from it.

    An agency of this deployment reads it here, that passage alone; to a body outside the team
    sends it, and the reply is entered with `enter_reply`.
    """
    review = fetch(review_id, by, policies.can_give_notice)
    if key is not None:
        before = FairNotice.objects.filter(key=key, review=review).first()
        if before is not None:
            return before
    if due_date < timezone.localdate(at):
        raise NotSound(_("Give a day that is still to come."), field="due_date")
    _check_body(review, body)
    finding = _finding(review, finding_number)
    if finding is None and not words.strip():
        raise NotSound(_("Choose a finding, or give the words."), field="words")
    notice = FairNotice(
        review=review,
        finding_key=finding.pk if finding else None,
        about=_("finding %(n)d") % {"n": finding.number} if finding else "",
        words=words.strip() or (selectors.finding_words(finding) if finding else ""),
        stood_at=selectors.finding_digest(finding) if finding else "",
        body_agency=body.agency,
        body_name="" if body.agency else body.name.strip(),
        body_post=body.post.strip(),
        due_date=due_date,
        given_at=at,
        given_by=by,
        reference=review.reference,
        from_agency=review.agency,
        tlp=review.tlp,
        classification=review.classification,
        caveats=list(review.caveats),
        is_example=review.is_example,
        key=key,
    )
    check(notice, skip=("review", "body_agency", "given_by", "from_agency", "key"))
    notice.save(force_insert=True)
    record(
        Verb.NOTICE_GIVEN,
        by=by,
        target=review,
        at=at,
        notice=notice.pk,
        body=body.agency.code if body.agency else notice.body_name,
        post=notice.body_post,
        due=due_date.isoformat(),
    )
    return notice


def _check_body(review: Review, body: Body) -> None:
    if (body.agency is None) == (not body.name.strip()):
        raise NotSound(_("Choose an agency here, or name a body outside."), field="agency")
    if not body.post.strip():
        raise NotSound(_("Name the post that is given it."), field="post")
    if body.agency is not None and body.agency.pk != review.agency_id:
        check_may_leave(review)


def _finding(review: Review, number: int | None) -> Finding | None:
    if number is None:
        return None
    finding = review.findings.filter(number=number).first()
    if finding is None:
        raise NotSound(_("There is no finding of this number."), field="finding_number")
    return finding


@deed
def reply_to_notice(
    *, notice_id: int, text: str, by: User, at: datetime, key: uuid.UUID | None = None
) -> NoticeReply:
    """The agency’s commander replies; kept as written and printed with the review."""
    notice = FairNotice.objects.visible_to(by).get(pk=notice_id)
    if not policies.can_reply(by, notice):
        raise PermissionDenied
    reply = NoticeReply(notice=notice, text=text, said_on=timezone.localdate(at), at=at, by=by)
    return _kept(reply, key)


@deed
def enter_reply(
    *,
    review_id: int,
    notice_id: int,
    text: str,
    said_on: date,
    source: str,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
) -> NoticeReply:
    """Enter what a body outside wrote, as it wrote it, with the letter it is in."""
    review = fetch(review_id, by, policies.can_enter_reply)
    notice = review.notices.get(pk=notice_id)
    if notice.body_agency_id is not None:
        raise NotSound(_("This agency replies itself, from the notice that it was given."))
    if not source.strip():
        raise NotSound(_("Say where the reply is: the letter and its number."), field="source")
    if said_on > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field="said_on")
    reply = NoticeReply(
        notice=notice, text=text, said_on=said_on, source=source.strip(), at=at, by=by
    )
    return _kept(reply, key)


def _kept(reply: NoticeReply, key: uuid.UUID | None) -> NoticeReply:
    """The reply, stored once. The review is named by what the notice says of it."""
    notice = reply.notice
    if key is not None:
        before = NoticeReply.objects.filter(key=key, notice=notice).first()
        if before is not None:
            return before
    if not reply.text.strip():
        raise NotSound(_("Give the reply in its own words."), field="text")
    reply.text, reply.key = reply.text.strip(), key
    check(reply, skip=("notice", "by", "key"))
    reply.save(force_insert=True)
    review = Review(
        pk=notice.review_id, reference=notice.reference, agency_id=notice.from_agency_id
    )
    record(Verb.NOTICE_ANSWERED, by=reply.by, target=review, at=reply.at, notice=notice.pk)
    return reply


def check_replies(review: Review, at: datetime) -> None:
    """Refuse to publish while a body may still reply and has not. Raises ReplyAwaited."""
    open_ones = selectors.awaited(review, at)
    if open_ones:
        first = open_ones[0].notice
        raise ReplyAwaited(
            _("%(body)s may reply until %(on)s and has not. Publish after that day or its reply.")
            % {"body": first.body, "on": first.due_date.isoformat()}
        )
