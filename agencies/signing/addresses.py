"""From which network address a person comes, behind as many proxies as the deployment says."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - a word for "not known", nothing binds to it


def address_of(request: HttpRequest) -> str:
    """The address that the last trusted proxy saw; what stands left of it anyone can write."""
    hops = [request.META.get("REMOTE_ADDR", "")]
    if settings.TRUSTED_PROXIES:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        hops = [*told, *hops][-1 - settings.TRUSTED_PROXIES :]
    return _plain(hops[0])


def network_of(address: str) -> str:
    """What is throttled together: an IPv4 address, or the /64 that one IPv6 line is given."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return address


def _plain(told: str) -> str:
    try:
        parsed = ipaddress.ip_address(told.strip())
    except ValueError:
        return UNKNOWN
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)
