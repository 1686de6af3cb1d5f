"""The link by which a new person, or one who forgot the password, sets one."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import policies
from agencies.actions._doors import lock_another
from agencies.lock import deed
from agencies.models import Posting, User
from agencies.sessions import end_sessions
from agencies.tokens import password_links
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken


class AccountClosed(RuleBroken):
    """No way in to a closed account."""


class LinkSpent(RuleBroken):
    """Used, too old, replaced by a newer one, of another purpose, or never made: all the same."""


@deed
def make_password_link(*, person_id: int, by: User, at: datetime) -> str:
    """The secret of a new link; it is shown once and kept nowhere. Older ones open no more.

    The password of before stays until the link is used.
    """
    person, doer = lock_another(person_id=person_id, by=by)
    if not policies.can_keep_account(doer, person, Posting.objects.of(person)):
        raise PermissionDenied
    if not person.is_active:
        raise AccountClosed(_("This account is closed. Reopen it first."))
    person.link_made_at = at
    person.save(update_fields=["link_made_at"])
    record(Verb.PASSWORD_LINK_MADE, by=doer, target=person, at=at)
    return password_links.make_token(person)


@transaction.atomic
def set_password(*, person_id: int, token: str, password: str, at: datetime) -> User:
    """The person sets a password by the link, which opens nothing after that.

    Every session of the person ends. Raises LinkSpent, or ValidationError when it is weak.
    """
    person = User.objects.select_for_update().filter(pk=person_id).first()
    if person is None or not password_links.check_token(person, token):
        raise LinkSpent(_("This link does not open anything."))
    validate_password(password, person)
    person.set_password(password)
    person.link_made_at = None
    person.save(update_fields=["password", "link_made_at"])
    ended = end_sessions(person)
    record(Verb.PASSWORD_SET, by=person, target=person, at=at, sessions_ended=ended)
    return person
