"""The keys: a private one that signs, and the public ones that are trusted.

The database holds public keys too, but a key is not trusted because the database says so: whoever
can alter the record could add one.
"""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def signing_key() -> Ed25519PrivateKey:
    """The private key. Raises ImproperlyConfigured where it is missing or is none."""
    return Ed25519PrivateKey.from_private_bytes(
        _bytes("AUDIT_SIGNING_KEY", settings.AUDIT_SIGNING_KEY)
    )


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Its public half."""
    return key.public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """The number that seals name a key by."""
    return sha256(public).hexdigest()[:16]


def trusted_keys() -> dict[str, bytes]:
    """Public keys by number: that of the signing key where it is known, and those set."""
    keys = [_bytes("AUDIT_PUBLIC_KEYS", each) for each in settings.AUDIT_PUBLIC_KEYS]
    if settings.AUDIT_SIGNING_KEY:
        keys.append(public_bytes(signing_key()))
    return {key_id(public): public for public in keys}


def is_signed(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the signature is that key's under this text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _bytes(name: str, words: str) -> bytes:
    try:
        raw = bytes.fromhex(words)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} is not a key of 64 hexadecimal digits.")
    return raw
