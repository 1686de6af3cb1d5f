"""What an uploaded PDF says of itself: whether our seal holds, and the record it carries.

A stranger's file is read in a forked child with limits. Nothing here answers whether the record is
on the register: that is asked with what was found (`selectors/verifying.py`).
"""

import io
import json
from functools import partial
from hashlib import sha256
from typing import Any

import pikepdf
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from bulletins.inputs import Examined, Seal
from core.sandbox import ChildFailed, Limits, run

ONE_FILE = Limits(cpu_seconds=10, wall_seconds=15.0, more_memory=384 << 20, largest=1 << 16)


def examine(pdf: bytes, trusted: tuple[x509.Certificate, ...]) -> Examined:
    """What the file says; of what cannot be read within the limits, its hash alone."""
    digest = sha256(pdf).hexdigest()
    try:
        _none, about = run(partial(_look, pdf, trusted), ONE_FILE)
    except ChildFailed:
        return Examined(digest)
    return Examined(digest, Seal(about["seal"]), about["number"], about["record"])


def _look(pdf: bytes, trusted: tuple[x509.Certificate, ...]) -> tuple[bytes, dict[str, Any]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        number, record = _record(opened)
        seals = {_seal(pdf, each, trusted) for each in _signatures(opened)}
        seal = next((each for each in Seal if each in seals), Seal.NONE)
        if not trusted:
            seal = Seal.UNASKED
    return b"", {"seal": str(seal), "number": number[:40], "record": record}


def _record(pdf: pikepdf.Pdf) -> tuple[str, str]:
    """Number and hash of the first associated file that is a record."""
    for spec in pdf.Root.get("/AF", ()):
        held = spec.EF.F.read_bytes()
        told = json.loads(held)
        if isinstance(told, dict) and "number" in told:
            return str(told["number"]), sha256(held).hexdigest()
    return "", ""


def _signatures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields", ()) if form is not None else ()
    return [each.V for each in fields if each.get("/FT") == "/Sig" and "/V" in each]


def _seal(pdf: bytes, signature: pikepdf.Object, trusted: tuple[x509.Certificate, ...]) -> Seal:
    """Whether one of `trusted` signed it, and whether it signed all of this file."""
    held = bytes(signature.Contents)
    info = cms.ContentInfo.load(held)["content"]["signer_infos"][0]
    told = info["signed_attrs"]
    if info["digest_algorithm"]["algorithm"].native != "sha256" or not any(
        _is_by(each, info["signature"].native, told.untag().dump()) for each in trusted
    ):
        return Seal.NONE
    wanted = next(
        each["values"][0].native for each in told if each["type"].native == "message_digest"
    )
    covered = _covered(pdf, [int(each) for each in signature.ByteRange], held)
    return Seal.WHOLE if covered and sha256(covered).digest() == wanted else Seal.BROKEN


def _covered(pdf: bytes, spans: list[int], held: bytes) -> bytes:
    """All of the file but the signature itself; nothing when the signature leaves more out."""
    start, length, second, rest = spans
    hole = pdf[length:second]
    whole = start == 0 < length < second and second + rest == len(pdf)
    if not whole or hole[:1] + hole[-1:] != b"<>" or bytes.fromhex(hole[1:-1].decode()) != held:
        return b""
    return pdf[:length] + pdf[second:]


def _is_by(certificate: x509.Certificate, signature: bytes, told: bytes) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, told, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, told, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True
