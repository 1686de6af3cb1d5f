"""Browsers that signed in before. A known one is throttled apart, so that a stranger who guesses
at an account, or shares its network, never locks its owner out."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from agencies.choices import TryKind
from agencies.models import User
from agencies.signing.addresses import address_of, network_of
from agencies.signing.throttle import Gate
from agencies.signing.vault import NotOurs, fingerprint, seal, unseal

PURPOSE = "device"
YEAR = 60 * 60 * 24 * 365
# People who share a PC; the one who came longest ago is forgotten first.
MOST_PEOPLE = 12


def password_gates(request: HttpRequest, email: str) -> list[Gate]:
    """Where a try of a password is counted. The same for accounts that are and that are not."""
    device = _device_of(request, account_word(email))
    if device:
        return [Gate(TryKind.DEVICE, device)]
    return [
        Gate(TryKind.ACCOUNT, _plain(email)),
        Gate(TryKind.ADDRESS, network_of(address_of(request))),
    ]


def factor_gates(request: HttpRequest, person: User) -> list[Gate]:
    """Where a try of a second factor, or of a fresh proof, is counted."""
    device = _device_of(request, account_word(person.email))
    return [Gate(TryKind.FACTOR, device or f"person {person.pk}")]


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Let the browser carry that this person signed in here."""
    word = account_word(person.email)
    device = _device_of(request, word) or secrets.token_urlsafe(16)
    others = [pair for pair in _pairs(request) if pair[0] != word]
    pairs = [[word, device], *others][:MOST_PEOPLE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        seal(json.dumps(pairs), purpose=PURPOSE),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def account_word(email: str) -> str:
    """How the cookie names an account: not to be read, not to be guessed."""
    return fingerprint(_plain(email), purpose="device.account")[:32]


def _plain(email: str) -> str:
    return email.strip().casefold()


def _device_of(request: HttpRequest, word: str) -> str:
    return next((device for account, device in _pairs(request) if account == word), "")


def _pairs(request: HttpRequest) -> list[list[str]]:
    sealed = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not sealed:
        return []
    try:
        pairs: Any = json.loads(unseal(sealed, purpose=PURPOSE, max_age=YEAR))
    except (NotOurs, ValueError):
        return []
    return [pair for pair in pairs if isinstance(pair, list) and len(pair) == 2]
