"""Renders in a forked child with limits, so that no document can hang or fill a worker.

The child is a copy of a warm process (a new one would spend half its time on imports). It opens
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
from importlib import import_module
from pathlib import Path
from typing import NoReturn, Protocol, cast

from django.utils.translation import gettext as _

HEADER = 4096
CHUNK = 1 << 16
PR_SET_PDEATHSIG = 1


class Reason(StrEnum):
    """Why a document could not be rendered."""

    TIME = "time"
    MEMORY = "memory"
    ADDRESS = "address"
    BROKEN = "broken"
    STORAGE = "storage"
    WORKER = "worker"
    RIGHTS = "rights"


class RenderFailed(Exception):
    """The document could not be rendered. The text is a sentence that says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(sentence(reason))


def sentence(reason: Reason) -> str:
    """What a person is told."""
    return {
        Reason.TIME: _("The document took too long to lay out and was stopped."),
        Reason.MEMORY: _("The document needed too much memory and was stopped."),
        Reason.ADDRESS: _("The document asked for a file or address that no document may use."),
        Reason.BROKEN: _("The document could not be laid out."),
        Reason.STORAGE: _("The document was made but could not be stored; the disk may be full."),
        Reason.WORKER: _("The worker stopped before the document was ready."),
        Reason.RIGHTS: _("Whoever asked for the document may no longer read what it says."),
    }[reason]


@dataclass(frozen=True)
class Limits:
    """What one rendering may use. A 200-page bulletin takes 40 s and 400 MB."""

    cpu_seconds: int = 90
    wall_seconds: float = 120.0
    # On top of what the warm process has mapped already.
    more_memory: int = 1 << 30
    largest_pdf: int = 64 << 20


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    pdf: bytes
    pages: int


class Writer(Protocol):
    """What the sandbox needs of the engine."""

    key: str

    def write(self, html: str) -> tuple[bytes, int]: ...


def engine() -> Writer:
    """The warm engine. Loaded by name: who only reads this module must not load Pango."""
    module = import_module("bulletins.rendering.engine")
    return cast(Writer, module.warm())


def render(html: str, limits: Limits | None = None) -> Rendered:
    """The PDF of `html`, made in a child of this process. Raises RenderFailed."""
    limits, writer = limits or Limits(), engine()
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child
        _work(writing, limits, lambda: writer.write(html))
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
    left = HEADER + limits.largest_pdf
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


def _understood(answer: bytes | None, status: int) -> Rendered:
    if answer is None:
        raise RenderFailed(Reason.TIME)
    if len(answer) < HEADER:
        raise RenderFailed(_how_it_died(status))
    head = json.loads(answer[:HEADER])
    if head["reason"]:
        raise RenderFailed(Reason(head["reason"]))
    pdf = answer[HEADER:]
    if len(pdf) != head["size"]:
        raise RenderFailed(_how_it_died(status))
    return Rendered(pdf, head["pages"])


def _how_it_died(status: int) -> Reason:
    """The limit that a child without an answer ran into."""
    by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if by == signal.SIGXCPU:
        return Reason.TIME
    # glib aborts or traps when it cannot allocate; the kernel kills when the machine cannot.
    if by in {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS, signal.SIGKILL}:
        return Reason.MEMORY
    return Reason.BROKEN


def _work(
    writing: int, limits: Limits, write: Callable[[], tuple[bytes, int]]
) -> NoReturn:  # pragma: no cover - runs in the child
    """The whole life of the child."""
    reason, pdf, pages = Reason.BROKEN, b"", 0
    try:
        _confine(writing, limits)
        pdf, pages = write()
        reason = cast(Reason, "")
    except MemoryError:
        reason = Reason.MEMORY
    except BaseException as error:  # noqa: BLE001 - told apart by name; nothing may leave the child
        if type(error).__name__ == "FatalURLFetchingError":
            reason = Reason.ADDRESS
    finally:
        with suppress(BaseException):
            head = json.dumps({"reason": reason, "pages": pages, "size": len(pdf)})
            _send(writing, head.ljust(HEADER).encode())
            _send(writing, pdf)
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
