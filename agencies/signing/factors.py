"""Second factors on allauth's store: which a person has, and whether a code or key is theirs."""

import json
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import User

Type = Authenticator.Type
PERIOD = 30
# What comes of reading the answer of something that is no key.
NO_ANSWER = (
    *(ValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError),
    RecursionError,
)


def factors_of(person: User) -> list[Authenticator]:
    """The factors that stand by themselves, oldest first; recovery codes are no factor."""
    kept = Authenticator.objects.filter(user=person).exclude(type=Type.RECOVERY_CODES)
    return list(kept.order_by("created_at", "pk"))


def has_factor(person: User) -> bool:
    """Whether the person can prove themselves by more than a password."""
    kept = Authenticator.objects.filter(user=person, type__in=[Type.TOTP, Type.WEBAUTHN])
    return bool(kept.exists())


def must_have_factor(person: User) -> bool:
    """Whether nothing opens to this role without a second factor."""
    return person.role in settings.MFA_REQUIRED_ROLES


def codes_left(person: User) -> int:
    """How many recovery codes are not used up."""
    kept = Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


@transaction.atomic
def accept_code(person: User, typed: str, *, at: datetime) -> str:
    """Which kind of factor this code is of; empty when it is of none. A code serves once."""
    code = plain_code(typed)
    kept = Authenticator.objects.select_for_update().filter(user=person)
    for factor in kept.filter(type__in=[Type.TOTP, Type.RECOVERY_CODES]).order_by("-type"):
        if factor.type == Type.TOTP:
            good = _accept_totp(factor, code, at)
        else:
            good = bool(code) and RecoveryCodes(factor).validate_code(code)
        if good:
            Authenticator.objects.filter(pk=factor.pk).update(last_used_at=at)
            return str(factor.type)
    return ""


def matching_step(secret: str, typed: str, *, at: datetime) -> int | None:
    """The half-minute whose code this is, one before or after now for clocks that go wrong."""
    if not secret:
        return None
    code = plain_code(typed)
    now = int(at.timestamp()) // PERIOD
    tolerance = settings.MFA_TOTP_TOLERANCE
    for step in range(now - tolerance, now + tolerance + 1):
        if secrets.compare_digest(format_hotp_value(hotp_value(secret, step)), code):
            return step
    return None


def _accept_totp(factor: Authenticator, code: str, at: datetime) -> bool:
    """Right, and of a later half-minute than the last that was used: no code serves twice."""
    step = matching_step(decrypt(factor.data["secret"]), code, at=at)
    if step is None or step <= factor.data.get("last_step", -1):
        return False
    factor.data["last_step"] = step
    factor.save(update_fields=["data"])
    return True


def plain_code(typed: str) -> str:
    """The digits of a code, Urdu ones too, without the spaces people put between them."""
    digits = (unicodedata.decimal(char, None) for char in typed[:64] if not char.isspace())
    known = list(digits)
    return "" if None in known else "".join(map(str, known))


def key_question(person: User) -> str:
    """What the browser is to ask a security key of this person, as JSON; empty without a key."""
    if not Authenticator.objects.filter(user=person, type=Type.WEBAUTHN).exists():
        return ""
    return json.dumps(webauthn.begin_authentication(person))


def accept_key(person: User, answer: str, *, at: datetime) -> str:
    """`webauthn` when the answer is that of a key of this person, else empty."""
    try:
        given: Any = json.loads(answer)
        factor = webauthn.complete_authentication(person, given)
    except NO_ANSWER:
        return ""
    Authenticator.objects.filter(pk=factor.pk).update(last_used_at=at)
    return str(factor.type)


def new_codes(person: User) -> Sequence[str]:
    """Ten new recovery codes; the old ones are worth nothing from now on."""
    Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(person).get_unused_codes())
