"""Sign-in through another house (OIDC, SAML): on only where the `sso` extra is installed and the
variables are set. An identity is (issuer, subject): the issuer is part of the provider's own key,
so that a variable pointed at another issuer finds none of the old identities."""

import hashlib
import importlib.util
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from aar import env

OIDC_ISSUER = env.text("OIDC_ISSUER", "")
OIDC_NAME = env.text("OIDC_NAME", "OpenID Connect")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "")
SAML_ISSUER = env.text("SAML_ISSUER", "")
SAML_NAME = env.text("SAML_NAME", "SAML")
SAML_SIGN_IN_URL = env.text("SAML_SIGN_IN_URL", "")
SAML_CERTIFICATE = env.text("SAML_CERTIFICATE", "")


def key_of(kind: str, issuer: str) -> str:
    """The key of an issuer: short enough for an address, never the same for two issuers."""
    return f"{kind}-{hashlib.sha256(issuer.encode()).hexdigest()[:16]}"


def _need(module: str, variable: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise ImproperlyConfigured(f"{variable} is set and the extra `sso` is not installed.")


def _providers() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if OIDC_ISSUER:
        _need("jwt", "OIDC_ISSUER")
        found["openid_connect"] = {"OAUTH_PKCE_ENABLED": True, "APPS": [_oidc()]}
    if SAML_ISSUER:
        _need("onelogin", "SAML_ISSUER")
        found["saml"] = {"APPS": [_saml()]}
    return found


def _oidc() -> dict[str, Any]:
    return {
        "provider_id": key_of("oidc", OIDC_ISSUER),
        "name": OIDC_NAME,
        "client_id": OIDC_CLIENT_ID,
        "secret": OIDC_CLIENT_SECRET,
        "settings": {"server_url": OIDC_ISSUER, "issuer": OIDC_ISSUER},
    }


def _saml() -> dict[str, Any]:
    key = key_of("saml", SAML_ISSUER)
    return {
        "provider_id": key,
        "name": SAML_NAME,
        "client_id": key,
        "settings": {
            "idp": {
                "entity_id": SAML_ISSUER,
                "sso_url": SAML_SIGN_IN_URL,
                "x509cert": SAML_CERTIFICATE,
            },
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "want_name_id": True,
                "want_attribute_statement": False,
                "reject_idp_initiated_sso": True,
                "reject_deprecated_algorithm": True,
            },
            # The NameID alone says who it is; no attribute, and never an e-mail address.
            "attribute_mapping": {},
        },
    }


PROVIDERS = _providers()
APPS = (
    [
        "allauth.socialaccount",
        *(f"allauth.socialaccount.providers.{each}" for each in PROVIDERS),
    ]
    if PROVIDERS
    else []
)
# What the sign-in page offers: (kind, key, name).
DOORS = [
    (kind, app["provider_id"], app["name"])
    for kind, each in PROVIDERS.items()
    for app in each["APPS"]
]
