"""Servers for a test run: started in a temporary folder, deleted after it, never left behind.

A helper process owns the servers and reads a pipe that the test run holds. When the run ends, even
by kill -9, the pipe closes and the helper stops and deletes everything. Were the helper killed too,
the kernel ends the servers.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stack.accounts import server_account
from stack.home import PROJECT, open_home
from stack.patience import Patience
from stack.processes import Ledger
from stack.servers import Given, start_servers
from stack.troubles import Trouble


@dataclass(frozen=True)
class Throwaway:
    """A running pair of servers and a data directory that go together."""

    helper: subprocess.Popen[str]
    addresses: dict[str, str]
    data_dir: Path

    def stop(self) -> None:
        """Stop the servers and delete what they wrote."""
        if self.helper.stdin:
            self.helper.stdin.close()
        if self.helper.stdout:
            self.helper.stdout.close()
        try:
            self.helper.wait(40)
        except subprocess.TimeoutExpired:
            self.helper.kill()
            self.helper.wait()


def start_throwaway(*, database: bool = True, broker: bool = True) -> Throwaway:
    """Start the servers that are asked for. Raises Trouble when they do not start."""
    wanted = [
        *(["--database"] if database else []),
        *(["--broker"] if broker else []),
    ]
    helper = subprocess.Popen(
        [sys.executable, "-m", "stack", "throwaway", *wanted],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    line = helper.stdout.readline() if helper.stdout else ""
    if not line:
        helper.wait()
        raise Trouble("The servers for the tests did not start; the reason is above.")
    word = json.loads(line)
    return Throwaway(helper, word["addresses"], Path(word["data_dir"]))


@contextmanager
def throwaway() -> Iterator[Throwaway]:
    """Both servers for as long as the block runs."""
    servers = start_throwaway()
    try:
        yield servers
    finally:
        servers.stop()


def serve(patience: Patience, *, database: bool, broker: bool) -> None:
    """The helper: start, say the addresses, wait for the pipe to close, stop, delete."""
    home = open_home(_folder())
    ledger = Ledger(home.data_dir)
    named = Given(None if database else "not wanted", None if broker else "not wanted")
    try:
        addresses = start_servers(home, named, ledger, patience, throwaway=True)
        print(json.dumps({"addresses": addresses, "data_dir": str(home.data_dir)}), flush=True)
        while not _closed(sys.stdin.fileno()):
            patience.pause(0)
    finally:
        ledger.stop_all()
        home.delete()


def _closed(pipe: int) -> bool:
    """Whether the other end is gone; waits half a second for it."""
    ready, _, _ = select.select([pipe], [], [], 0.5)
    return bool(ready) and not os.read(pipe, 4096)


def _folder() -> Path:
    """A folder of our own that the servers' account can pass through to."""
    account = server_account()
    usual = Path(tempfile.gettempdir())
    parent = usual if account.may_enter(usual) else Path("/tmp")  # noqa: S108 (mkdtemp is private)
    folder = Path(tempfile.mkdtemp(prefix="aar-tests-", dir=parent))
    folder.chmod(0o711 if account.borrowed else 0o700)
    return folder
