"""Renders in a forked child with limits, so that no document can hang or fill a worker.

How the child is confined is `core.sandbox`; here stands what a document is and why it failed.
"""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.translation import gettext as _

from bulletins.rendering.records import Kept
from core.sandbox import ChildFailed, Limits, run


class Reason(StrEnum):
    """Why a document could not be rendered."""

    TIME = "time"
    MEMORY = "memory"
    ADDRESS = "address"
    BROKEN = "broken"
    STORAGE = "storage"
    WORKER = "worker"
    RIGHTS = "rights"
    CANCELLED = "cancelled"


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
        Reason.CANCELLED: _("An admin took it out of the queue."),
        Reason.RIGHTS: _("Whoever asked for the document may no longer read what it says."),
    }[reason]


LEAST = 64 << 20
# Libraries that the warm process has mapped and a document may be the first to touch.
SLACK = 72 << 20
# A document never waits for anything; on the clock it lasts longer only while the machine is busy.
BUSY = 3
# With a turn before it, below the limit of a task.
LONGEST = 120


def one_document() -> Limits:
    """What one document may use, whoever wrote it and however long it is.

    On two cores a bulletin of 190 pages takes 13 s of a processor and 340 MB, so it needs no more
    than any other may have: there is no size at which something hostile gets more.
    """
    seconds = settings.RENDERING_SECONDS
    resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    shared = resident * resource.getpagesize() + SLACK
    return Limits(
        cpu_seconds=max(1, seconds - 2),
        wall_seconds=float(min(seconds * BUSY, LONGEST)),
        more_memory=max(LEAST, (settings.RENDERING_MB << 20) - shared),
        largest=64 << 20,
    )


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    pdf: bytes
    pages: int


class Paper(Protocol):
    """What comes after the layout."""

    def fingerprint(self) -> str: ...

    def finished(self, pdf: bytes, kept: Kept) -> bytes: ...


class Writer(Protocol):
    """What the sandbox needs of the engine."""

    key: str

    def write(self, html: str) -> tuple[bytes, int]: ...


def engine() -> Writer:
    """The warm engine. Loaded by name: who only reads this module must not load Pango."""
    module = import_module("bulletins.rendering.engine")
    return cast(Writer, module.warm())


def paper() -> Paper:
    """The finishing and signing of PDFs. Loaded by name: a web process needs neither."""
    return cast(Paper, import_module("bulletins.rendering.paper"))


def render(
    html: str, limits: Limits | None = None, finish: Callable[[bytes], bytes] = bytes
) -> Rendered:
    """The PDF of `html`, laid out and finished in a child of this process. Raises RenderFailed."""
    writer = engine()

    def work() -> tuple[bytes, dict[str, Any]]:
        pdf, pages = writer.write(html)
        return finish(pdf), {"pages": pages}

    try:
        pdf, about = run(work, limits or one_document())
    except ChildFailed as failure:
        raise RenderFailed(_reason(failure)) from failure
    return Rendered(pdf, about["pages"])


def _reason(failure: ChildFailed) -> Reason:
    if failure.error == "FatalURLFetchingError":
        return Reason.ADDRESS
    return Reason(failure.fault.value)
