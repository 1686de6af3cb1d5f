"""Renders in a forked child with limits, so that no document can hang or fill a worker.

How the child is confined is `core.sandbox`; here stands what a document is and why it failed.
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any, Protocol, cast

from django.utils.translation import gettext as _

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


# A 200-page bulletin takes 40 s and 400 MB.
ONE_DOCUMENT = Limits(cpu_seconds=90, wall_seconds=120.0, more_memory=1 << 30, largest=64 << 20)


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
    writer = engine()

    def work() -> tuple[bytes, dict[str, Any]]:
        pdf, pages = writer.write(html)
        return pdf, {"pages": pages}

    try:
        pdf, about = run(work, limits or ONE_DOCUMENT)
    except ChildFailed as failure:
        raise RenderFailed(_reason(failure)) from failure
    return Rendered(pdf, about["pages"])


def _reason(failure: ChildFailed) -> Reason:
    if failure.error == "FatalURLFetchingError":
        return Reason.ADDRESS
    return Reason(failure.fault.value)
