"""PostgreSQL and Valkey together, or the ones that the environment names."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from stack.home import Home
from stack.passwords import read_passwords, write_private
from stack.patience import Patience
from stack.postgresql import start_postgresql
from stack.processes import Ledger
from stack.troubles import Trouble
from stack.valkey import start_valkey


@dataclass(frozen=True)
class Given:
    """What the environment names, so that the launcher does not start it."""

    database: str | None
    broker: str | None


def given(environment: Mapping[str, str]) -> Given:
    """The servers that the environment names, directly or by a file."""
    return Given(_value("DATABASE_URL", environment), _value("REDIS_URL", environment))


def start_servers(
    home: Home, named: Given, ledger: Ledger, patience: Patience, *, throwaway: bool = False
) -> dict[str, str]:
    """Start what is not named and return the addresses of what was started."""
    if named.database and named.broker:
        return {}
    home.lay_sockets()
    passwords = read_passwords(home.data_dir)
    addresses: dict[str, str] = {}
    if not named.database:
        addresses |= start_postgresql(home, passwords, ledger, patience, throwaway=throwaway)
    if not named.broker:
        place = start_valkey(home, passwords, ledger, patience, throwaway=throwaway)
        addresses["REDIS_URL"] = broker_address(place, passwords.broker)
        addresses["CACHE_URL"] = f"unix://:{passwords.broker}@{quote(str(place))}?db=1"
    return addresses


def broker_address(place: Path, password: str, number: int = 0) -> str:
    """The address in the form that Celery reads."""
    return f"redis+socket://:{password}@{quote(str(place))}?virtual_host={number}"


def publish(home: Home, addresses: Mapping[str, str]) -> None:
    """Let `manage.py` in another shell find the servers."""
    write_private(home.data_dir / "stack.json", json.dumps(dict(addresses), indent=1))


def withdraw(home: Home) -> None:
    """The servers are gone."""
    (home.data_dir / "stack.json").unlink(missing_ok=True)


def _value(name: str, environment: Mapping[str, str]) -> str | None:
    if value := environment.get(name):
        return value
    path = environment.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise Trouble(
            f"{name}_FILE names {path}, which cannot be read ({error.strerror}):",
            f"ls -l {os.path.abspath(path)}",  # noqa: PTH100 (a name, not a place to resolve)
        ) from error
