"""The blank that is filled without a network, and the file that comes back from it.

A blank carries a header that says for whom it was made, when, and for which incident. The header is
signed (Ed25519), so that what comes back can be shown to come from a blank of this deployment. The
key is drawn from SECRET_KEY, for pages are made where the key that seals the record is not
(ADR 0020).
"""

import base64
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.sealing.keys import is_signed, key_id, public_bytes
from core.errors import RuleBroken

FORM, VERSION = "aar-hot-debrief", 1
MOST_BYTES = 1 << 20
LONGEST_ANSWER = 20_000
# Of the key that a passphrase gives; the page in the file uses the same.
ROUNDS, SALT_BYTES, NONCE_BYTES = 600_000, 16, 12
HEADER = {"form", "version", "blank", "person", "post", "issued", "incident", "reference", "page"}

NOT_A_FILE: Promise = _(
    "This is no file of the offline form. Open the form, choose “Save the file”, and send what it"
    " saved."
)
TOO_LARGE: Promise = _("The file is larger than 1 MB. The offline form saves much smaller files.")
NOT_OURS: Promise = _(
    "This file does not come from a blank that was issued here, or it was altered afterwards."
    " Nothing was filed."
)
NOT_YOURS: Promise = _(
    "This blank was issued to %(post)s. Only they can file it; ask them to send it."
)
NEEDS_PASSPHRASE: Promise = _("The file is locked. Type the passphrase that it was saved with.")
WRONG_PASSPHRASE: Promise = _("The passphrase does not open this file. Type it again.")


class NotFiled(RuleBroken):
    """What was sent cannot be filed; `field` says which box it is about."""

    def __init__(self, sentence: str | Promise, *, field: str = "file") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Blank:
    """What is stated of an issued blank. `page` is the hash of the page around the header."""

    number: uuid.UUID
    person: int
    post: str
    issued: datetime
    incident: int | None
    reference: str
    page: str

    def header(self) -> str:
        """The text that is signed."""
        return _canonical(
            {
                "form": FORM,
                "version": VERSION,
                "blank": str(self.number),
                "person": self.person,
                "post": self.post,
                "issued": self.issued.isoformat(),
                "incident": self.incident,
                "reference": self.reference,
                "page": self.page,
            }
        )


@dataclass(frozen=True)
class Filled:
    """A blank that came back, its answers by the boxes of the page, and the hash of both."""

    blank: Blank
    answers: dict[str, str]
    sha256: str


def sign(header: str) -> dict[str, str]:
    """The signature under a header, and the number of the key that made it."""
    key = _key(settings.SECRET_KEY)
    return {
        "signature": key.sign(header.encode()).hex(),
        "key": key_id(public_bytes(key)),
    }


def read(raw: bytes, passphrase: str, *, person: int) -> Filled:
    """What somebody sent, once it is proved whole, ours and theirs. Raises NotFiled."""
    if len(raw) > MOST_BYTES:
        raise NotFiled(TOO_LARGE)
    sent = _object(raw, NOT_A_FILE)
    header, signature = sent.get("header"), sent.get("signature")
    if not isinstance(header, str) or not isinstance(signature, str):
        raise NotFiled(NOT_A_FILE)
    if not _is_ours(header, signature):
        raise NotFiled(NOT_OURS)
    blank = _blank(header)
    if blank.person != person:
        raise NotFiled(str(NOT_YOURS) % {"post": blank.post})
    answers = sent.get("answers")
    if "sealed" in sent:
        answers = _object(_opened(sent["sealed"], passphrase, header), NOT_OURS)
    kept = _answers(answers)
    digest = sha256(_canonical({"header": header, "answers": kept}).encode()).hexdigest()
    return Filled(blank, kept, digest)


def _keys() -> Iterator[bytes]:
    """The public keys of this deployment: of its secret, and of those it had before."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield public_bytes(_key(secret))


def _key(secret: str) -> Ed25519PrivateKey:
    seed = salted_hmac("reviews.offline", "ed25519", secret=secret, algorithm="sha256").digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _is_ours(header: str, signature: str) -> bool:
    try:
        signed = bytes.fromhex(signature)
    except ValueError:
        return False
    return any(is_signed(public, signed, header.encode()) for public in _keys())


def _blank(header: str) -> Blank:
    """The header of a blank, which we signed: ours in shape, unless the form has moved on."""
    said = _object(header.encode(), NOT_OURS)
    if (said.get("form"), said.get("version")) != (FORM, VERSION) or set(said) != HEADER:
        raise NotFiled(
            _("This form is of another version. Fetch a new one and copy what you wrote.")
        )
    return Blank(
        number=uuid.UUID(said["blank"]),
        person=said["person"],
        post=said["post"],
        issued=datetime.fromisoformat(said["issued"]),
        incident=said["incident"],
        reference=said["reference"],
        page=said["page"],
    )


def _opened(sealed: Any, passphrase: str, header: str) -> bytes:
    """What the passphrase opens; the header is bound to it, so neither can be changed alone."""
    if not passphrase:
        raise NotFiled(NEEDS_PASSPHRASE, field="passphrase")
    try:
        rounds, salt, nonce, text = (
            sealed["rounds"],
            *(base64.b64decode(sealed[name], validate=True) for name in ("salt", "iv", "text")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotFiled(NOT_A_FILE) from error
    if (rounds, len(salt), len(nonce)) != (ROUNDS, SALT_BYTES, NONCE_BYTES):
        raise NotFiled(NOT_A_FILE)
    made = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=ROUNDS)
    try:
        return AESGCM(made.derive(passphrase.encode())).decrypt(nonce, text, header.encode())
    except InvalidTag as error:
        raise NotFiled(WRONG_PASSPHRASE, field="passphrase") from error


def _answers(said: Any) -> dict[str, str]:
    """Boxes and what was typed in them, nothing else."""
    if not isinstance(said, dict) or len(said) > 100:
        raise NotFiled(NOT_A_FILE)
    for name, text in said.items():
        if not (isinstance(text, str) and len(name) <= 40 and len(text) <= LONGEST_ANSWER):
            raise NotFiled(NOT_A_FILE)
        if "\0" in text:
            raise NotFiled(NOT_A_FILE)
    return said


def _object(raw: bytes, otherwise: Promise) -> dict[str, Any]:
    try:
        said = json.loads(raw)
        _canonical({"said": said}).encode()  # half a character is none
    except (ValueError, RecursionError) as error:
        raise NotFiled(otherwise) from error
    if not isinstance(said, dict):
        raise NotFiled(otherwise)
    return said


def _canonical(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
