"""The doors of other houses that the sign-in page offers beside its own."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True)
class Door:
    """A way in through another house."""

    key: str
    name: str
    url: str


def doors() -> list[Door]:
    """None, unless the deployment has set one up."""
    routes = {"openid_connect": "openid_connect_login", "saml": "saml_login"}
    return [
        Door(key=key, name=name, url=reverse(routes[kind], args=[key]))
        for kind, key, name in settings.SSO_DOORS
    ]
