"""The whole run, from the first check to the last stop."""

import fcntl
import json
import os
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from stack import signins
from stack.catalogues import compile_all
from stack.checks import check_free_space, check_given, check_libraries, check_port
from stack.home import PROJECT, Home, open_home
from stack.patience import Patience, Stopped
from stack.processes import Ledger
from stack.product import Product, owner_environment, product_environment
from stack.servers import given, publish, start_servers, withdraw
from stack.troubles import Trouble


def run(data_dir: Path, port: int, patience: Patience) -> None:
    """Run the product until a signal asks to stop."""
    check_libraries()
    with held(data_dir, f"http://127.0.0.1:{port}") as (home, ledger):
        check_port(port)
        named = given(os.environ)
        check_given(named)
        try:
            addresses = start_servers(home, named, ledger, patience)
            publish(home, addresses)
            environment = product_environment(home, os.environ, addresses)
            for_owner = owner_environment(os.environ, addresses)
            product = Product(home, ledger, patience, environment, for_owner, port)
            compile_all(PROJECT / "locale")
            product.prepare()
            product.start()
            print(welcome(product.address, home), flush=True)
            product.watch()
        except Stopped:
            print("\nStopping …", flush=True)
        finally:
            close(home, ledger)


def run_servers(data_dir: Path, patience: Patience) -> None:
    """Run PostgreSQL and Valkey alone until a signal asks to stop."""
    with held(data_dir, "servers only") as (home, ledger):
        try:
            publish(home, start_servers(home, given(os.environ), ledger, patience))
            print(f"Addresses are in {home.data_dir / 'stack.json'}. Ctrl-C stops.", flush=True)
            while not (dead := ledger.first_dead()):
                patience.pause(0.3)
            raise Trouble(f"{dead.name} ended by itself; see {dead.log}.")
        except Stopped:
            print("\nStopping …", flush=True)
        finally:
            close(home, ledger)


def close(home: Home, ledger: Ledger) -> None:
    """Stop the children in order, web first and PostgreSQL last, and leave nothing in the way."""
    ledger.stop_all()
    withdraw(home)
    home.clear_sockets()


@contextmanager
def held(data_dir: Path, address: str) -> Iterator[tuple[Home, Ledger]]:
    """The data directory, for this launcher alone, cleared of what a killed one left."""
    home = open_home(data_dir)
    with (home.data_dir / "run.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise _already_running(home, lock.read()) from error
        lock.truncate(0)
        lock.write(json.dumps({"pid": os.getpid(), "address": address}))
        lock.flush()
        ledger = Ledger(home.data_dir)
        ledger.clear_leftovers()
        check_free_space(home)
        yield home, ledger


def welcome(address: str, home: Home) -> str:
    """What a person needs to know once everything answers."""
    lines = ["", f"AAR answers at {address}", ""]
    lines += signins.table(home.data_dir / "signins.json")
    lines += signins.hint(home.data_dir / "signins.json")
    lines += [f"Logs are in {home.logs}. Ctrl-C stops everything that was started here."]
    return "\n".join(lines)


def _already_running(home: Home, written: str) -> Trouble:
    try:
        holder: Mapping[str, object] = json.loads(written)
        where, pid = holder["address"], holder["pid"]
    except (ValueError, KeyError, TypeError):
        return Trouble(f"Another run is just starting in {shlex.quote(str(home.data_dir))}.")
    return Trouble(
        f"The data in {home.data_dir} is already in use at {where} by process {pid}. To stop it:",
        f"kill {pid}",
    )
