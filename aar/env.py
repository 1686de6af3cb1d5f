"""Typed readers of the environment, so that a wrong value is named before anything starts."""

import json
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or what the file `NAME_FILE` points at holds (for mounted secrets)."""
    value = os.environ.get(name)
    if value is None and (path := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {path}, which cannot be read: {error.strerror}."
            ) from error
    if value is None:
        value = default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE); .env.example says what it is.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Yes or no."""
    word = os.environ.get(name, "yes" if default else "no").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}; write yes or no.")


def number(name: str, *, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from error


def words(name: str, default: str = "") -> list[str]:
    """Words parted by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(name: str, data_dir: Path) -> str:
    """`name` from the environment, else the one that `make run` made for `data_dir`.

    Raises ImproperlyConfigured when there is neither: there is no default for a secret.
    """
    kept = data_dir / "secret_key"
    if name in os.environ or f"{name}_FILE" in os.environ or not kept.exists():
        return text(name)
    return kept.read_text(encoding="utf-8").strip()


def signing_key(name: str, data_dir: Path) -> str:
    """As `secret_key`, but blank where there is none: a process that does not sign needs none."""
    kept = data_dir / "audit_signing_key"
    if name in os.environ or f"{name}_FILE" in os.environ or not kept.exists():
        return text(name, "")
    return kept.read_text(encoding="utf-8").strip()


def stack_address(name: str, data_dir: Path, default: str | None = None) -> str:
    """`name` from the environment, else from the servers that `make run` started in `data_dir`.

    Raises ImproperlyConfigured when neither is there and no default is given.
    """
    if name in os.environ or f"{name}_FILE" in os.environ:
        return text(name)
    try:
        addresses: dict[str, str] = json.loads((data_dir / "stack.json").read_text("utf-8"))
        return addresses[name]
    except (OSError, ValueError, KeyError) as error:
        if default is not None:
            return default
        raise ImproperlyConfigured(
            f"{name} is not set and no servers run in {data_dir}. Run `make run`, or set {name}."
        ) from error
