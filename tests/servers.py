"""Pytest plugin: servers of its own for every run, before Django reads its settings.

`DATABASE_URL` and `REDIS_URL` of the environment are used where they are set. The workers of xdist
take the controller's servers, each with a Redis database and a data directory of its own.
"""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.catalogues import compile_all
from stack.home import PROJECT
from stack.servers import given
from stack.throwaway import Throwaway, start_throwaway
from stack.troubles import Trouble
from tests import template

RUNNING = pytest.StashKey[Throwaway]()
FOLDER = pytest.StashKey[Path]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper, because pytest-django reads the settings in this hook too and would come first."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        take_own_part(worker)
    else:
        try:
            start(early_config)
        except Trouble as trouble:
            raise pytest.UsageError(str(trouble)) from trouble
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller stops what it started; a worker has nothing to stop."""
    if FOLDER in config.stash or RUNNING in config.stash:
        template.drop()
    if servers := config.stash.get(RUNNING, None):
        servers.stop()
    if folder := config.stash.get(FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


def start(config: pytest.Config) -> None:
    """Start what the environment does not name, and name it there."""
    compile_all(PROJECT / "locale")
    named = given(os.environ)
    if named.database and named.broker:
        config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="aar-tests-"))
        data_dir = config.stash[FOLDER]
    else:
        servers = start_throwaway(database=not named.database, broker=not named.broker)
        config.stash[RUNNING] = servers
        os.environ.update(servers.addresses)
        data_dir = servers.data_dir
    os.environ["DATA_DIR"] = str(data_dir)
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(64)
    template.begin(data_dir)


def take_own_part(worker: str) -> None:
    """Keep the workers apart where they would meet: queues, cache and files."""
    number = int(re.sub(r"\D", "", worker) or 0) + 2
    for name in ("REDIS_URL", "CACHE_URL"):
        if name in os.environ:
            os.environ[name] = with_database(os.environ[name], number)
    folder = Path(os.environ["DATA_DIR"], worker)
    folder.mkdir(exist_ok=True)
    os.environ["DATA_DIR"] = str(folder)


def with_database(address: str, number: int) -> str:
    """The same Redis server, another of its databases."""
    if re.search(r"[?&](virtual_host|db)=\d+", address):
        return re.sub(r"(?<=[?&])(virtual_host|db)=\d+", rf"\g<1>={number}", address)
    if address.startswith(("redis://", "rediss://")):
        return re.sub(r"^(rediss?://[^/?]+)(/\d*)?", rf"\g<1>/{number}", address)
    return address
