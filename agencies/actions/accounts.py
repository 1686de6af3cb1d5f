"""Accounts: adding people, what they are cleared to, closing and reopening."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies import policies
from agencies.actions._doors import lock_another
from agencies.actions.people import create_user
from agencies.choices import Classification, Role
from agencies.lock import deed
from agencies.models import Agency, Posting, User
from agencies.sessions import end_sessions
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from places.models import Area


class AddressTaken(RuleBroken):
    """One address is one person, on the whole deployment."""


class ClearanceTooHigh(RuleBroken):
    """Nobody hands out more than they may."""


class NoPostToActIn(RuleBroken):
    """Whoever is let in acts in a post."""


@deed
def add_person(
    *,
    email: str,
    name: str,
    post: str,
    agency: Agency,
    role: Role,
    clearance: Classification,
    areas: Iterable[Area],
    by: User,
    at: datetime,
) -> User:
    """A new person with a first post, who gets in by a link (see `make_password_link`)."""
    if not policies.can_give_posting(by, agency, role):
        raise PermissionDenied
    refuse_too_high(clearance, by)
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken(
            _(
                "This address belongs to somebody already. "
                "A system admin can give that person a second post."
            )
        )
    return create_user(
        email=email,
        password=None,
        name=name,
        post=post,
        agency=agency,
        role=role,
        clearance=clearance,
        areas=areas,
        by=by,
        at=at,
    )


@deed
def change_person(
    *, person_id: int, name: str, clearance: Classification, by: User, at: datetime
) -> User:
    """Another name, or another clearance, which holds from the next page on."""
    person, doer = _keep(person_id=person_id, by=by)
    changes = {
        field: [getattr(person, field), str(new)]
        for field, new in (("name", name), ("clearance", clearance))
        if getattr(person, field) != new
    }
    if "clearance" in changes:
        refuse_too_high(clearance, doer)
    if changes:
        person.name, person.clearance = name, clearance
        person.save(update_fields=list(changes))
        record(Verb.USER_CHANGED, by=doer, target=person, at=at, **changes)
    return person


@deed
def close_account(*, person_id: int, by: User, at: datetime) -> User:
    """The person is out at once, everywhere, and so is any link to come in by."""
    person, doer = _keep(person_id=person_id, by=by)
    if person.is_active:
        shut(person=person, by=doer, at=at)
    return person


@deed
def reopen_account(*, person_id: int, by: User, at: datetime) -> User:
    """The person may sign in again, with the password of before."""
    person, doer = _keep(person_id=person_id, by=by)
    if person.is_active:
        return person
    if person.posting.ended_at:
        left = Posting.objects.of(person).first()
        if left is None:
            raise NoPostToActIn(_("Every post of this person has ended. Give a post first."))
        put_in(person=person, posting=left)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(Verb.USER_REOPENED, by=doer, target=person, at=at)
    return person


@deed
def shut(*, person: User, by: User, at: datetime) -> None:
    """Close the account of a locked row; whoever calls has asked the policy."""
    person.is_active = False
    person.link_made_at = None
    person.save(update_fields=["is_active", "link_made_at"])
    ended = end_sessions(person)
    record(Verb.USER_CLOSED, by=by, target=person, at=at, sessions_ended=ended)


def put_in(*, person: User, posting: Posting) -> None:
    """The locked person acts in this post from now on."""
    person.posting = posting
    person.agency, person.role, person.post = posting.agency, posting.role, posting.post
    person.save(update_fields=["posting", "agency", "role", "post"])


def refuse_too_high(clearance: Classification, by: User) -> None:
    """Raises ClearanceTooHigh where `by` may not hand out this clearance."""
    if clearance not in policies.clearances_to_give(by):
        raise ClearanceTooHigh(
            _("You cannot clear anybody to %(clearance)s.") % {"clearance": clearance.label}
        )


def _keep(*, person_id: int, by: User) -> tuple[User, User]:
    person, doer = lock_another(person_id=person_id, by=by)
    if not policies.can_keep_account(doer, person, Posting.objects.of(person)):
        raise PermissionDenied
    return person, doer
