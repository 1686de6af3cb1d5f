"""Encryption at rest with keys derived from the deployment's secret, one for each purpose."""

import base64
import hmac
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class NotOurs(Exception):
    """The text was not sealed here, or for another purpose, or was altered, or is too old."""


def seal(text: str, *, purpose: str) -> str:
    """Encrypt; only `unseal` with the same purpose reads it again."""
    return _box(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: str, max_age: int | None = None) -> str:
    """What was sealed for this purpose, at most `max_age` seconds ago. Raises NotOurs."""
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=max_age).decode()
    except (InvalidToken, ValueError) as error:
        raise NotOurs from error


def fingerprint(text: str, *, purpose: str) -> str:
    """A keyed hash: the same text gives the same word, and nobody without the secret finds it."""
    key = _derived(settings.SECRET_KEY, purpose)
    return hmac.new(key, text.encode(errors="surrogatepass"), sha256).hexdigest()


def key_for(purpose: str) -> str:
    """A key of 256 bits in base64, for a browser to seal with what it must not keep open."""
    return base64.b64encode(_derived(settings.SECRET_KEY, purpose)).decode("ascii")


def _box(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(s, purpose))) for s in secrets])


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, None, f"aar.{purpose}".encode()).derive(secret.encode())
