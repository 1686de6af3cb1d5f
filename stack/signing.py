"""The key that signs bulletins in a run at home: made once, readable by the owner alone."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from stack.passwords import write_private

BITS = 3072
YEARS = 10


@dataclass(frozen=True)
class SigningFiles:
    """The key with its certificate (PKCS#12), the phrase that opens it, the certificate alone."""

    key: Path
    passphrase: Path
    certificates: Path


def signing_files(data_dir: Path, bits: int = BITS) -> SigningFiles:
    """The three files in `data_dir`, made on the first run. The certificate is nobody's secret."""
    found = SigningFiles(
        data_dir / "bulletin_signing.p12",
        data_dir / "bulletin_signing_passphrase",
        data_dir / "bulletin_certificates.pem",
    )
    if not all(each.exists() for each in (found.key, found.passphrase, found.certificates)):
        _make(found, bits)
    return found


def _make(files: SigningFiles, bits: int) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    certificate = _certificate(key)
    phrase = secrets.token_urlsafe(32)
    held = pkcs12.serialize_key_and_certificates(
        b"bulletins",
        key,
        certificate,
        None,
        serialization.BestAvailableEncryption(phrase.encode()),
    )
    write_private(files.passphrase, phrase)
    write_private(files.key, held)
    # Last: with all three there, none is made anew. Former certificates stay trusted.
    former = files.certificates.read_text("ascii") if files.certificates.exists() else ""
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    write_private(files.certificates, pem + former)


def _certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    """A certificate that vouches for itself, for signing documents and nothing else."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "AAR bulletins")])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
