"""Postings: giving, changing and ending them, and acting in another."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies import policies
from agencies.actions._doors import lock_another
from agencies.actions.accounts import put_in, shut
from agencies.choices import Role
from agencies.lock import deed
from agencies.models import Agency, Posting, User
from agencies.sessions import end_sessions
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from places.models import Area


class PostHeld(RuleBroken):
    """One post at a time in one agency."""


class PostEnded(RuleBroken):
    """What has ended stays as it was."""


class AgencyClosed(RuleBroken):
    """Nobody is posted to an agency that is switched off."""


@deed
def give_posting(
    *,
    person_id: int,
    agency: Agency,
    role: Role,
    post: str,
    areas: Iterable[Area],
    by: User,
    at: datetime,
) -> Posting:
    """One more post; the person goes on acting in the one of before until they switch."""
    person, doer = lock_another(person_id=person_id, by=by)
    if not policies.can_give_posting(doer, agency, role):
        raise PermissionDenied
    if not agency.is_active:
        raise AgencyClosed(_("This agency is switched off."))
    if Posting.objects.of(person).filter(agency=agency).exists():
        raise PostHeld(_("This person holds a post in that agency already. Change that one."))
    posting = Posting.objects.create(
        person=person, agency=agency, role=role, post=post, given_at=at, given_by=doer
    )
    posting.areas.set(areas)
    record(
        Verb.POSTING_GIVEN, by=doer, target=posting, at=at, person=person.pk, role=role, post=post
    )
    return posting


@deed
def change_posting(
    *, posting_id: int, role: Role, post: str, areas: Iterable[Area], by: User, at: datetime
) -> Posting:
    """Another role, name or ground of a post; it holds from the person's next page on."""
    posting, person, doer = _keep(posting_id=posting_id, by=by)
    if not policies.can_give_posting(doer, posting.agency, role):
        raise PermissionDenied
    if posting.ended_at:
        raise PostEnded(_("This post has ended. Give a new one."))
    wanted = sorted(area.pk for area in areas)
    held = sorted(posting.areas.values_list("pk", flat=True))
    changes: dict[str, list[object]] = {
        field: [getattr(posting, field), str(new)]
        for field, new in (("role", role), ("post", post))
        if getattr(posting, field) != new
    }
    posting.role, posting.post = role, post
    if changes:
        # The person's own copies follow in the database.
        posting.save(update_fields=list(changes))
    if wanted != held:
        posting.areas.set(wanted)
        changes["areas"] = [held, wanted]
    if changes:
        record(Verb.POSTING_CHANGED, by=doer, target=posting, at=at, person=person.pk, **changes)
    return posting


@deed
def end_posting(*, posting_id: int, by: User, at: datetime) -> Posting:
    """The post is held no longer.

    Whoever acted in it is signed out everywhere and acts in the oldest post left to them; where
    none is left, the account is closed.
    """
    posting, person, doer = _keep(posting_id=posting_id, by=by)
    if posting.ended_at:
        return posting
    posting.ended_at, posting.ended_by = at, doer
    posting.save(update_fields=["ended_at", "ended_by"])
    record(Verb.POSTING_ENDED, by=doer, target=posting, at=at, person=person.pk)
    if person.posting_id == posting.pk:
        left = Posting.objects.of(person).first()
        if left is None and person.is_active:
            shut(person=person, by=doer, at=at)
        elif left is not None:
            put_in(person=person, posting=left)
            end_sessions(person)
    return posting


@deed
def take_posting(*, posting_id: int, by: User, at: datetime, session_key: str | None) -> Posting:
    """Act in another of one's own posts, in this session alone: every other one ends."""
    person = User.objects.select_for_update().get(pk=by.pk, is_active=True)
    posting = Posting.objects.of(person).get(pk=posting_id)
    if person.posting_id == posting.pk:
        return posting
    before = person.posting_id
    ended = end_sessions(person, but=session_key)
    put_in(person=person, posting=posting)
    record(
        Verb.POSTING_TAKEN, by=person, target=posting, at=at, before=before, sessions_ended=ended
    )
    return posting


def _keep(*, posting_id: int, by: User) -> tuple[Posting, User, User]:
    person_id = Posting.objects.values_list("person_id", flat=True).get(pk=posting_id)
    person, doer = lock_another(person_id=person_id, by=by)
    posting = Posting.objects.select_related("agency").get(pk=posting_id)
    if not policies.can_keep_posting(doer, posting):
        raise PermissionDenied
    return posting, person, doer
