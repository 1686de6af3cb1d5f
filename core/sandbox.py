"""Work on what strangers made, in a forked child with limits, so that nothing can hang a worker.

The child is a copy of a warm process (a new one would spend its time on imports). It opens
nothing, is killed when a limit is passed, and leaves by `os._exit`: the parent's database
connection and open files are never closed from inside it.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

HEADER = 4096
CHUNK = 1 << 16
PR_SET_PDEATHSIG = 1

# The bytes that were made, and plain JSON values about them.
Made = tuple[bytes, dict[str, Any]]


class Fault(StrEnum):
    """Why a child came back with nothing."""

    TIME = "time"
    MEMORY = "memory"
    BROKEN = "broken"


class ChildFailed(Exception):
    """The work was not done. `error` is the name of what was raised in the child, if anything."""

    def __init__(self, fault: Fault, error: str = "") -> None:
        self.fault, self.error = fault, error
        super().__init__(f"{fault} {error}".strip())


@dataclass(frozen=True)
class Limits:
    """What one child may use."""

    cpu_seconds: int = 90
    wall_seconds: float = 120.0
    # On top of what the warm process has mapped already.
    more_memory: int = 1 << 30
    largest: int = 64 << 20


def run(work: Callable[[], Made], limits: Limits) -> Made:
    """What `work` makes in a child of this process. Raises ChildFailed."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child
        _work(writing, limits, work)
    os.close(writing)
    try:
        answer = _receive(reading, limits)
    finally:
        os.close(reading)
        status = _reap(child)
    return _understood(answer, status)


def _receive(reading: int, limits: Limits) -> bytes | None:
    """All that the child wrote; None when it wrote too long or too much."""
    deadline = time.monotonic() + limits.wall_seconds
    parts: list[bytes] = []
    left = HEADER + limits.largest
    while left > 0:
        ready, _writable, _odd = select.select(
            [reading], [], [], max(0, deadline - time.monotonic())
        )
        if not ready:
            return None
        part = os.read(reading, CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        left -= len(part)
    return None


def _reap(child: int) -> int:
    """End the child, if it has not ended, and return how it ended."""
    done, status = os.waitpid(child, os.WNOHANG)
    if done == 0:
        # It has closed its pipe and is leaving, or it is over a limit: either way it has no say.
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _done, status = os.waitpid(child, 0)
    return status


def _understood(answer: bytes | None, status: int) -> Made:
    if answer is None:
        raise ChildFailed(Fault.TIME)
    if len(answer) < HEADER:
        raise ChildFailed(_how_it_died(status))
    head = json.loads(answer[:HEADER])
    if head["fault"]:
        raise ChildFailed(Fault(head["fault"]), head["error"])
    made = answer[HEADER:]
    if len(made) != head["size"]:
        raise ChildFailed(_how_it_died(status))
    return made, head["about"]


def _how_it_died(status: int) -> Fault:
    """The limit that a child without an answer ran into."""
    by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if by == signal.SIGXCPU:
        return Fault.TIME
    # glib aborts or traps when it cannot allocate; the kernel kills when the machine cannot.
    if by in {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS, signal.SIGKILL}:
        return Fault.MEMORY
    return Fault.BROKEN


def _work(
    writing: int, limits: Limits, work: Callable[[], Made]
) -> NoReturn:  # pragma: no cover - runs in the child
    """The whole life of the child."""
    fault, error, made, about = str(Fault.BROKEN), "", b"", dict[str, Any]()
    try:
        _confine(writing, limits)
        made, about = work()
        fault = ""
    except MemoryError:
        fault = Fault.MEMORY
    except BaseException as raised:  # noqa: BLE001 - told apart by name; nothing may leave the child
        error = type(raised).__name__
    finally:
        with suppress(BaseException):
            head = {"fault": fault, "error": error, "about": about, "size": len(made)}
            _send(writing, json.dumps(head).ljust(HEADER).encode())
            _send(writing, made)
        os._exit(0)


def _send(writing: int, answer: bytes) -> None:  # pragma: no cover - runs in the child
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(writing, rest) :]


def _confine(writing: int, limits: Limits) -> None:  # pragma: no cover - runs in the child
    """Take from the child what it does not need."""
    gc.disable()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM):
        signal.signal(each, signal.SIG_DFL)
    # It ends with its parent, however the parent ends.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # Sockets of the database and the broker are the parent's.
    os.closerange(3, writing)
    os.closerange(writing + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    space = mapped * resource.getpagesize() + limits.more_memory
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    # Nothing is written but the answer.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
