"""A SAML identity provider for tests: it signs what a test wants said."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Words
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

ISSUER = "https://saml.example"
SIGN_IN = "https://saml.example/sign-in"
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="R{id}" Version="2.0" IssueInstant="{now}"
 Destination="{acs}" InResponseTo="{request}"><saml:Issuer>{issuer}</saml:Issuer><samlp:Status>
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}
</samlp:Response>"""
ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="A{id}"
 Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{acs}" InResponseTo="{request}"/>
</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{before}"
 NotOnOrAfter="{later}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience>
</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{now}"
 SessionIndex="S{id}"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement></saml:Assertion>"""


class House:
    """A key, its certificate, and signed answers."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "saml.example")])
        now = datetime.now(UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(7)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365))
            .sign(self.key, hashes.SHA256())
        )

    @property
    def certificate_line(self):
        """As the setting wants it."""
        return base64.b64encode(self.certificate.public_bytes(serialization.Encoding.DER)).decode()

    def answer(self, asked, *, signed=True, **changes):
        """The form that the browser posts back; `changes` alter what is said."""
        moment = datetime.now(UTC)
        said = {
            "id": "1f3c",
            "now": _stamp(moment),
            "before": _stamp(moment - timedelta(minutes=2)),
            "later": _stamp(moment + timedelta(minutes=5)),
            "issuer": ISSUER,
            "subject": "subject-1",
            "acs": asked.acs,
            "request": asked.id,
            "audience": asked.issuer,
            **changes,
        }
        assertion = ASSERTION.format(**said)
        if signed:
            assertion = self._signed(assertion)
        response = RESPONSE.format(**said, assertion=assertion)
        return {"SAMLResponse": base64.b64encode(response.encode()).decode(), "RelayState": ""}

    def _signed(self, text):
        pem = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        made = Tools.add_sign(
            text.encode(),
            pem.decode(),
            self.certificate.public_bytes(serialization.Encoding.PEM).decode(),
            sign_algorithm=Words.RSA_SHA256,
            digest_algorithm=Words.SHA256,
        )
        return made.decode()


class Asked:
    """What our own request to the house says."""

    def __init__(self, location):
        query = parse_qs(urlsplit(location).query)
        plain = zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15)
        root = ElementTree.fromstring(plain)  # noqa: S314 - our own words
        self.id = root.get("ID")
        self.acs = root.get("AssertionConsumerServiceURL")
        self.issuer = root.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")


def _stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
