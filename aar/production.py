"""What a deployment with records must not start with, each fault in one plain sentence."""

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any

SHORTEST_SECRET = 50
FEWEST_LETTERS = 10
DEFAULTS = ("django-insecure-", "tests-only-", "changeme", "change-me", "secret", "example")
ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})


def faults(
    *, secret_key: str, debug: bool, allowed_hosts: Sequence[str], database: Mapping[str, Any]
) -> list[str]:
    """Why a deployment outside example mode is refused; empty where nothing is wrong."""
    checks = {
        "SECRET_KEY is short or a default: write 50 random characters or more, such as "
        "`openssl rand -hex 48` prints.": _is_weak(secret_key),
        "DEBUG is on, which shows code and settings to strangers: it is allowed in example mode "
        "only.": debug,
        "ALLOWED_HOSTS takes any host: name the hosts that this product is reached by.": (
            any(host.strip() == "*" for host in allowed_hosts)
        ),
        "DATABASE_URL leads to another machine without encryption: add ?sslmode=verify-full (or "
        "require), or use a socket.": _is_open_line(database),
    }
    return [sentence for sentence, wrong in checks.items() if wrong]


def _is_weak(secret_key: str) -> bool:
    return (
        len(secret_key) < SHORTEST_SECRET
        or len(set(secret_key)) < FEWEST_LETTERS
        or secret_key.lower().startswith(DEFAULTS)
    )


def _is_open_line(database: Mapping[str, Any]) -> bool:
    options = database.get("OPTIONS") or {}
    host = str(options.get("host") or database.get("HOST") or "")
    return not _is_here(host) and options.get("sslmode") not in ENCRYPTED


def _is_here(host: str) -> bool:
    """Whether every one of the hosts named is this machine: a socket or a loopback address."""
    return all(_is_one_here(each.strip()) for each in host.split(","))


def _is_one_here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
