"""The certificates by which a PDF of this deployment is known: present and former ones, public."""

from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def pem() -> bytes:
    """All of them, chain included, as PEM; empty where nothing is signed."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in held())


def signers() -> tuple[x509.Certificate, ...]:
    """Those that may have signed: an authority above them signs no documents."""
    return tuple(each for each in held() if not _is_authority(each))


def held() -> tuple[x509.Certificate, ...]:
    """What `BULLETIN_CERTIFICATES` names. Raises ImproperlyConfigured when it cannot be read."""
    named = settings.BULLETIN_CERTIFICATES
    return _read(str(named)) if named else ()


@cache
def _read(path: str) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(Path(path).read_bytes()))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"BULLETIN_CERTIFICATES names {path}, which holds no certificates: {error}."
        ) from error


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return found.value.ca
