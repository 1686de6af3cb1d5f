"""How e-mail leaves: read from one address, `EMAIL_URL`.

`smtp://user:password@host:587?tls=starttls`, `smtps://user:password@host`, `file:///folder`,
`console:`. Blank: no e-mail leaves, and notices stand in the product alone.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """What Django's settings of e-mail are to be."""

    backend: str
    is_on: bool = True
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False
    folder: Path | None = None


def mail_of(address: str, fallback: Path | None) -> Mail:
    """The settings that an address asks for; where it is blank, files in `fallback` if given.

    Raises ImproperlyConfigured for an address of another kind.
    """
    if not address and fallback is None:
        return Mail(f"{BACKENDS}.dummy.EmailBackend", is_on=False)
    if not address:
        return Mail(f"{BACKENDS}.filebased.EmailBackend", folder=fallback)
    asked = urlsplit(address)
    if asked.scheme == "console":
        return Mail(f"{BACKENDS}.console.EmailBackend")
    if asked.scheme == "file" and asked.path:
        return Mail(f"{BACKENDS}.filebased.EmailBackend", folder=Path(unquote(asked.path)))
    if asked.scheme not in PORTS or not asked.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL is not understood; write smtp://host:port?tls=starttls, smtps://host,"
            " file:///folder, console: or nothing."
        )
    return Mail(
        f"{BACKENDS}.smtp.EmailBackend",
        host=asked.hostname,
        port=asked.port or PORTS[asked.scheme],
        user=unquote(asked.username or ""),
        password=unquote(asked.password or ""),
        tls=parse_qs(asked.query).get("tls") == ["starttls"],
        ssl=asked.scheme == "smtps",
    )
