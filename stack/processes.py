"""Starting, watching and stopping children; clearing up after a launcher that was killed."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack.accounts import Account
from stack.passwords import write_private

PR_SET_PDEATHSIG = 1
LONGEST_LOG = 5_000_000
KNOWN_PROGRAMS = ("postgres", "valkey", "redis", "gunicorn", "celery", "manage.py")

Farewell = Sequence[tuple[int, float]]
"""Signals to end a process with, in order, and the seconds to wait after each."""


@dataclass(frozen=True)
class Child:
    """A process that the launcher started."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    farewell: Farewell
    log_start: int

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """End the process and all that it started, gently at first."""
        _say_farewell(self.process.pid, self.farewell, lambda: not self.alive)
        self.process.wait()


class Ledger:
    """The children of one data directory, written down so that the next run can clear them up."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.path = data_dir / "processes.json"
        self.children: list[Child] = []

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        farewell: Farewell,
        environment: Mapping[str, str],
        folder: Path,
        account: Account | None = None,
        feed: bytes | None = None,
        show: bool = False,
    ) -> Child:
        """Start `command`, which ends when the launcher does, however the launcher ends.

        `show` lets its standard output through to the person; everything else goes to its log.
        """
        log = self.data_dir / "logs" / f"{name}.log"
        _make_room(log)
        with log.open("ab") as out:
            log_start = out.tell()
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE,
                stdout=None if show else out,
                stderr=out,
                cwd=folder,
                env={**environment, "DATA_DIR": str(self.data_dir)},
                user=account.user if account else None,
                group=account.group if account else None,
                extra_groups=account.extra_groups if account else None,
                start_new_session=True,
                preexec_fn=_leash(farewell[0][0]),  # noqa: PLW1509 (one thread here)
            )
        child = Child(name, process, log, farewell, log_start)
        self.children.append(child)
        self._write()
        if process.stdin:
            with process.stdin as pipe:
                pipe.write(feed or b"")
        return child

    def stop(self, child: Child) -> None:
        """End `child` and strike it out."""
        child.stop()
        self.children.remove(child)
        self._write()

    def stop_all(self) -> None:
        """End every child, the youngest first."""
        for child in reversed(self.children.copy()):
            self.stop(child)

    def first_dead(self) -> Child | None:
        """A child that ended by itself."""
        return next((child for child in self.children if not child.alive), None)

    def clear_leftovers(self) -> None:
        """End what a killed launcher left behind, and nothing that is not surely its own."""
        try:
            entries = json.loads(self.path.read_text("utf-8"))
            left = [(int(entry["pid"]), entry["farewell"]) for entry in entries]
        except (OSError, ValueError, KeyError, TypeError):
            left = []
        for pid, farewell in reversed(left):
            if is_ours(pid, self.data_dir):
                _say_farewell(pid, farewell, lambda pid=pid: not is_running(pid))  # type: ignore[misc]
        self.path.unlink(missing_ok=True)

    def _write(self) -> None:
        entries = [
            {"name": child.name, "pid": child.process.pid, "farewell": list(child.farewell)}
            for child in self.children
        ]
        if entries:
            write_private(self.path, json.dumps(entries))
        else:
            self.path.unlink(missing_ok=True)


def is_running(pid: int) -> bool:
    """Whether a process is there and has not ended already."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] not in {"Z", "X"}


def is_ours(pid: int, data_dir: Path) -> bool:
    """Whether `pid` is one of our programs at work on `data_dir`, not a later one so numbered."""
    process = Path(f"/proc/{pid}")
    try:
        command = (process / "cmdline").read_bytes().decode(errors="replace")
        environment = (process / "environ").read_bytes().split(b"\0")
        folder = (process / "cwd").readlink()
    except OSError:
        return False
    if not is_running(pid) or not any(program in command for program in KNOWN_PROGRAMS):
        return False
    servers = (data_dir / "servers").resolve()
    return os.fsencode(f"DATA_DIR={data_dir}") in environment or folder.is_relative_to(servers)


def _leash(number: int) -> Callable[[], None] | None:
    """What a new child runs first: the kernel is to send it `number` when the launcher is gone."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    launcher = os.getpid()

    def tie() -> None:
        library.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != launcher:
            os._exit(1)

    return tie


def _say_farewell(pid: int, farewell: Farewell, gone: Callable[[], bool]) -> None:
    for number, seconds in (*farewell, (signal.SIGKILL, 5.0)):
        if gone():
            break
        _signal(os.kill, pid, number)
        end = time.monotonic() + seconds
        while not gone() and time.monotonic() < end:
            time.sleep(0.02)
    # Each child leads a session of its own, so this reaches only what it started.
    _signal(os.killpg, pid, signal.SIGKILL)


def _signal(send: Callable[[int, int], None], pid: int, number: int) -> None:
    try:
        send(pid, number)
    except ProcessLookupError:
        return


def _make_room(log: Path) -> None:
    """Keep one old log, so that logs cannot fill the disk over many runs."""
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
