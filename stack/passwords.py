"""The secrets of the servers and of Django: random, made once, readable by the owner alone."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from stack.troubles import Trouble


@dataclass(frozen=True)
class Passwords:
    """`keeper` is PostgreSQL's superuser, `owner` owns the tables; the product signs in with
    `database` and `broker`."""

    keeper: str
    database: str
    broker: str
    owner: str


NAMES = frozenset(each.name for each in fields(Passwords))


def write_private(path: Path, text: str | bytes) -> None:
    """Write `path` whole or not at all, for the owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_passwords(data_dir: Path) -> Passwords:
    """The servers' passwords, made on the first run."""
    path = data_dir / "passwords.json"
    if not path.exists():
        return _keep(path, {})
    try:
        kept = json.loads(path.read_text("utf-8"))
        if set(kept) == NAMES - {"owner"}:  # an older version did without an owner apart
            return _keep(path, kept)
        return Passwords(**kept)
    except (ValueError, TypeError) as error:
        raise Trouble(
            f"{path} cannot be read as the servers' passwords. Put it back from a copy, or begin "
            "with an empty database:",
            f"mv {data_dir} {data_dir}.old",
        ) from error


def _keep(path: Path, known: Mapping[str, str]) -> Passwords:
    made = Passwords(**{name: secrets.token_urlsafe(32) for name in NAMES} | dict(known))
    write_private(path, json.dumps(asdict(made)))
    return made


def secret_key_file(data_dir: Path) -> Path:
    """Django's SECRET_KEY, made on the first run."""
    path = data_dir / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(64))
    return path


def signing_key_file(data_dir: Path) -> Path:
    """The private Ed25519 key that seals the record of deeds, made on the first run."""
    path = data_dir / "audit_signing_key"
    if not path.exists():
        write_private(path, secrets.token_hex(32))
    return path
