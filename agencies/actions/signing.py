"""What happens at the door, for the record; and the deeds of a person to their own sign-in."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.policies import can_manage_people
from agencies.sessions import end_sessions
from agencies.signing.factors import Type, factors_of, has_factor, must_have_factor, new_codes
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken

# A person needs no more, and each is asked for at every sign-in.
MOST_KEYS = 8


class FactorNeeded(RuleBroken):
    """The last factor of a role that must have one stays until another stands beside it."""


class TooManyKeys(RuleBroken):
    """A person keeps a handful of security keys, not a drawer."""


@transaction.atomic
def record_sign_in(*, user: User, at: datetime, factor: str = "") -> None:
    """The person has signed in, by a password alone or with a second factor."""
    record(Verb.USER_SIGNED_IN, by=user, target=user, at=at, factor=factor)


@transaction.atomic
def record_failed_sign_in(*, email: str, at: datetime) -> None:
    """Somebody tried to sign in with this address and failed; the address is kept, nothing else."""
    record(Verb.USER_SIGN_IN_FAILED, by=None, target=User, at=at, email=_storable(email))


@transaction.atomic
def record_held_sign_in(*, email: str, at: datetime) -> None:
    """Too many tries: this one was not even looked at."""
    record(Verb.USER_SIGN_IN_HELD, by=None, target=User, at=at, email=_storable(email))


@transaction.atomic
def record_failed_factor(*, user: User, at: datetime) -> None:
    """The password was right and the second factor was not."""
    record(Verb.USER_FACTOR_FAILED, by=None, target=user, at=at)


@transaction.atomic
def record_code_use(*, user: User, at: datetime) -> None:
    """A recovery code took the place of the factor."""
    record(Verb.USER_CODE_USED, by=user, target=user, at=at)


@transaction.atomic
def record_proof(*, user: User, at: datetime, factor: str) -> None:
    """The person has proved themselves again in the middle of a session."""
    record(Verb.USER_PROVED_AGAIN, by=user, target=user, at=at, factor=factor)


@transaction.atomic
def record_failed_proof(*, user: User, at: datetime) -> None:
    """Whoever sits at this session could not prove to be its owner."""
    record(Verb.USER_PROOF_FAILED, by=user, target=user, at=at)


@transaction.atomic
def record_sign_out(*, user: User, at: datetime) -> None:
    """The person has signed out."""
    record(Verb.USER_SIGNED_OUT, by=user, target=user, at=at)


@transaction.atomic
def set_up_totp(*, user: User, secret: str, at: datetime, step: int = -1) -> list[str]:
    """Give the person an authenticator app in place of an earlier one; codes with a first factor.

    `step` is the half-minute whose code proved it: that code serves no second time.
    """
    first = not has_factor(user)
    Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
    factor = TOTP.activate(user, secret).instance
    factor.data["last_step"] = step
    factor.created_at = at
    factor.save(update_fields=["data", "created_at"])
    record(Verb.USER_FACTOR_ADDED, by=user, target=user, at=at, factor=str(Type.TOTP))
    return list(new_codes(user)) if first else []


@transaction.atomic
def set_up_key(*, user: User, name: str, credential: dict[str, object], at: datetime) -> list[str]:
    """Give the person a security key that has answered; new codes if it is the first factor."""
    User.objects.select_for_update().get(pk=user.pk)
    if Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).count() >= MOST_KEYS:
        raise TooManyKeys(_("You have eight keys already. Remove one that you no longer use."))
    first = not has_factor(user)
    WebAuthn.add(user, name, credential)
    record(Verb.USER_FACTOR_ADDED, by=user, target=user, at=at, factor=str(Type.WEBAUTHN))
    return list(new_codes(user)) if first else []


@transaction.atomic
def remove_factor(*, user: User, factor_id: int, at: datetime) -> None:
    """Take a factor away. Raises FactorNeeded for the last one of a role that must have one."""
    User.objects.select_for_update().get(pk=user.pk)
    factor = Authenticator.objects.exclude(type=Type.RECOVERY_CODES).get(pk=factor_id, user=user)
    last = len(factors_of(user)) == 1
    if last and must_have_factor(user):
        raise FactorNeeded(_("Your role needs a second factor. Add another one first."))
    kind = str(factor.type)
    factor.delete()
    if last:
        Authenticator.objects.filter(user=user).delete()
    record(Verb.USER_FACTOR_REMOVED, by=user, target=user, at=at, factor=kind)


@transaction.atomic
def clear_factors(*, person: User, by: User, at: datetime) -> None:
    """An admin helps somebody who lost phone, key and codes: at the next sign-in they start anew.

    All their sessions end. Nobody clears their own: that would be a way round the second factor.
    """
    if by.pk == person.pk or not can_manage_people(by, person.agency):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=person.pk)
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    ended = end_sessions(person)
    if removed or ended:
        record(Verb.USER_FACTOR_REMOVED, by=by, target=person, at=at, factor="all")


@transaction.atomic
def renew_codes(*, user: User, at: datetime) -> list[str]:
    """Ten new recovery codes; the old ones are void. Raises FactorNeeded without a factor."""
    if not has_factor(user):
        raise FactorNeeded(_("Recovery codes stand in for a second factor. Set one up first."))
    codes = list(new_codes(user))
    record(Verb.USER_CODES_RENEWED, by=user, target=user, at=at)
    return codes


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime, keep: str | None) -> int:
    """A new password; every session but `keep` ends. How many ended.

    Raises ValidationError when it is weak.
    """
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    ended = end_sessions(user, but=keep)
    record(Verb.USER_PASSWORD_CHANGED, by=user, target=user, at=at, sessions_ended=ended)
    return ended


@transaction.atomic
def end_session(*, user: User, session_id: int, at: datetime) -> None:
    """End one of one's own sessions; twice is the same as once."""
    row = UserSession.objects.select_for_update().filter(pk=session_id, user=user).first()
    if row is None:
        return
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    record(Verb.USER_SESSION_ENDED, by=user, target=user, at=at, sessions_ended=1)


@transaction.atomic
def end_other_sessions(*, user: User, keep: str | None, at: datetime) -> int:
    """End all of one's sessions but this one; how many ended."""
    ended = end_sessions(user, but=keep)
    if ended:
        record(Verb.USER_SESSION_ENDED, by=user, target=user, at=at, sessions_ended=ended)
    return ended


@transaction.atomic
def forget_session(*, user: User, session_key: str | None) -> None:
    """The session was closed at its own door, or goes on under a new key: no line in the list."""
    UserSession.objects.filter(user=user, session_key=session_key).delete()


def _storable(typed: str) -> str:
    """PostgreSQL keeps no NUL in JSON."""
    return typed.replace("\0", "")[:254]
