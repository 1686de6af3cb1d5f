"""The signature of a finished PDF: PAdES baseline B-B, by the key of the deployment.

It certifies the file: any change after it, of one byte, makes it invalid. The worker has the key
(`BULLETIN_SIGNING_FILE`), and the web processes that hand out numbered copies; whoever checks needs
the certificates alone (`certificates.py`).
"""

import io
import logging
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

log = logging.getLogger(__name__)

FIELD = "Seal"
# A signature by RSA 3072 with its certificate takes 2.2 kB; an agency's own chain may hold three.
ROOM = 12288


def signed(pdf: bytes) -> bytes:
    """The file with the signature appended; as it was where the deployment has no key."""
    signer = own_signer()
    if signer is None:
        return pdf
    made = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        ),
        signer=signer,
        new_field_spec=fields.SigFieldSpec(
            FIELD,
            # PDF/A asks that it is printed, PDF/UA that what has no tag lies outside the page.
            invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
        ),
    ).sign_pdf(Appended(io.BytesIO(pdf)), bytes_reserved=ROOM)
    return bytes(made.getbuffer())


def fingerprint() -> str:
    """SHA-256 of the certificate that signs; blank where nothing is signed."""
    signer = own_signer()
    return signer.signing_cert.sha256.hex() if signer and signer.signing_cert else ""


def own_signer() -> signers.SimpleSigner | None:
    """The key of this deployment. Raises ImproperlyConfigured when it is set and cannot be read."""
    named = settings.BULLETIN_SIGNING_FILE
    return _signer(str(named), settings.BULLETIN_SIGNING_PASSPHRASE) if named else None


class Appended(IncrementalPdfFileWriter):
    """Adds the signature alone: what the file says of itself was said when it was finished."""

    def _update_meta(self) -> None:
        """Leave title, dates and XMP as they are, so that they go on saying the same."""


class HeldKey(signers.SimpleSigner):
    """Keeps an RSA key as it was opened: to read it anew costs more than all the rest."""

    held: rsa.RSAPrivateKey | None = None

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The signature of `data`; by other kinds of keys as pyHanko does it."""
        if self.held is None or digest_algorithm != "sha256":
            made: bytes = await super().async_sign_raw(data, digest_algorithm, dry_run)
            return made
        return self.held.sign(data, padding.PKCS1v15(), hashes.SHA256())


@cache
def _signer(path: str, passphrase: str) -> signers.SimpleSigner:
    try:
        held = Path(path).read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(
            f"BULLETIN_SIGNING_FILE names {path}, which cannot be read: {error.strerror}."
        ) from error
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    read = signers.SimpleSigner.load_pkcs12_data(held, (), passphrase.encode() or None)
    if read is None:
        raise ImproperlyConfigured(
            "BULLETIN_SIGNING_FILE is no PKCS#12 file that BULLETIN_SIGNING_PASSPHRASE opens."
        )
    signer = HeldKey(
        signing_cert=read.signing_cert,
        signing_key=read.signing_key,
        cert_registry=read.cert_registry,
    )
    key = load_der_private_key(read.signing_key.dump(), None)
    signer.held = key if isinstance(key, rsa.RSAPrivateKey) else None
    return signer
