"""The file itself: documents as they are stored, an index page, a table and a signed manifest.

Written to a temporary file, one document in memory at a time, then handed to the storage as a
stream. Order, times and words are those of the asking: made twice, it is the same to the byte.
"""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.lock import acting, machine
from agencies.models import User
from agencies.page_marking import highest_of
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.choices import ExportFault, ExportItemState, ExportState
from bulletins.exporting import listing
from bulletins.exporting.ending import fail
from bulletins.exporting.parts import Part, parts_of
from bulletins.models import Export
from bulletins.selectors.exports import missing_from, progress_of

FOLDER = "exports"
# Asked so often whether it is still wanted, and said that the work goes on.
ASK_EVERY = 0.5
SAY_EVERY = 10.0


class Unwanted(Exception):
    """It was cancelled meanwhile."""


def pack(export_id: int) -> None:
    """Write the file of an export whose documents are all settled, and say that it is there."""
    with machine():
        export = Export.objects.filter(pk=export_id, state=ExportState.RUNNING).first()
    if export is None:
        return
    by = asker(export)
    if by is None:
        fail(export, ExportFault.RIGHTS)
        return
    try:
        with TemporaryFile() as file, translation.override(export.language):
            parts = _written(file, export, by)
            if parts:
                path, sha256, size = _stored(file)
                _finish(export, by, parts, path=path, sha256=sha256, size=size)
            else:
                fail(export, ExportFault.EMPTY)
    except Unwanted:
        return
    except OSError:
        fail(export, ExportFault.STORAGE)


def asker(export: Export) -> User | None:
    """Whoever asked, as they are now; None where they may not have it made in that post now."""
    with machine():
        by = User.objects.select_related("agency").filter(pk=export.asked_by_id).first()
    return by if by and policies.can_work_on_export(by, export) else None


def _written(file: IO[bytes], export: Export, by: User) -> list[Part]:
    """Write it all; the documents that are in it. Raises Unwanted."""
    with acting(by):
        _leave_out_unseen(export, by)
        found = parts_of(export, by)
    written: list[Part] = []
    altered: list[Part] = []
    with ZipFile(file, "w") as archive:
        for part in _while_wanted(export, found):
            content = _content(part)
            if content is None:
                altered.append(part)
            else:
                archive.writestr(_entry(export, part.path), content, ZIP_STORED)
                written.append(part)
        _give_up(export, by, altered)
        if written:
            _add_lists(archive, export, by, written)
    return written


def _leave_out_unseen(export: Export, by: User) -> None:
    """What was made and may not be read any more is not in the file."""
    seen = [part.item for part in parts_of(export, by)]
    gone = export.items.filter(state=ExportItemState.DONE).exclude(pk__in=seen)
    gone.update(
        state=ExportItemState.LEFT_OUT,
        document=None,
        why=_("You may not read this record any more."),
    )


def _give_up(export: Export, by: User, altered: list[Part]) -> None:
    with acting(by):
        export.items.filter(pk__in=[part.item for part in altered]).update(
            state=ExportItemState.FAILED,
            document=None,
            why=_("The stored document is gone or altered. Have it made again on its own page."),
        )


def _while_wanted(export: Export, parts: list[Part]) -> Iterator[Part]:
    """Each in turn, as long as nobody cancels. Raises Unwanted."""
    asked = said = time.monotonic()
    for part in parts:
        now = time.monotonic()
        if now - asked > ASK_EVERY:
            asked = now
            with machine():
                running = Export.objects.filter(pk=export.pk, state=ExportState.RUNNING)
                if not running.exists():
                    raise Unwanted
                if now - said > SAY_EVERY:
                    said = now
                    running.update(rung_at=timezone.now())
        yield part


def _content(part: Part) -> bytes | None:
    """The document, if its file is there and is what it was."""
    try:
        with default_storage.open(part.stored) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == part.sha256 else None


def _add_lists(archive: ZipFile, export: Export, by: User, parts: list[Part]) -> None:
    """The index page, the table, the manifest and its signature."""
    with acting(by):
        missing = missing_from(by, export)
        index = listing.index_page(export, by, parts, missing)
    table = listing.table(parts)
    beside = {listing.INDEX: index, listing.TABLE: table}
    manifest = listing.manifest(export, parts, beside, missing=len(missing))
    beside |= {listing.MANIFEST: manifest, listing.SIGNATURE: listing.signature(manifest)}
    for name, content in beside.items():
        archive.writestr(_entry(export, name), content, ZIP_DEFLATED)


def _entry(export: Export, path: str) -> ZipInfo:
    entry = ZipInfo(path, export.asked_at.astimezone(UTC).timetuple()[:6])
    entry.external_attr = 0o644 << 16
    # As on every system: else the archive says on which it was made.
    entry.create_system = 3
    return entry


def _stored(file: IO[bytes]) -> tuple[str, str, int]:
    """Keep it under the hash of its bytes; half a file of a broken try is replaced."""
    size = file.tell()
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    path = f"{FOLDER}/{sha256[:2]}/{sha256}.zip"
    if default_storage.exists(path):
        default_storage.delete(path)
    file.seek(0)
    default_storage.save(path, File(file))
    return path, sha256, size


def _finish(
    export: Export, by: User, parts: list[Part], *, path: str, sha256: str, size: int
) -> None:
    """The file is there: one update, unless it was cancelled meanwhile."""
    now = timezone.now()
    mark = highest_of([(part.tlp, part.classification, part.caveats) for part in parts])
    with machine():
        done = mark and Export.objects.filter(pk=export.pk, state=ExportState.RUNNING).update(
            state=ExportState.DONE,
            path=path,
            sha256=sha256,
            size=size,
            tlp=mark.tlp,
            classification=mark.classification,
            caveats=mark.caveats,
            finished_at=now,
        )
        if done:
            counts = progress_of(export)
            record(
                Verb.EXPORT_MADE,
                by=None,
                target=export,
                at=now,
                sha256=sha256,
                documents=counts.made,
                left_out=counts.left_out,
                failed=counts.failed,
                asked_by=by.pk,
            )
            return
    default_storage.delete(path)
