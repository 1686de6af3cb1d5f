"""The work on one file: some rows at a time, each batch a transaction of its own.

Whoever asked for it is acted for, in the post in which they asked, and asked again at every batch
whether they still may.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from agencies.lock import acting_in_post, machine
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from incidents import policies
from incidents.choices.files import IMPORT_AT_WORK, ImportState
from incidents.files import vault
from incidents.loading import storing
from incidents.loading.drafts import PlaceAsked, RowRefused
from incidents.loading.reading import Piece, Reading
from incidents.loading.rows import Row
from incidents.loading.sorting import Taken
from incidents.loading.storing import Stored
from incidents.loading.tables import Table, open_again
from incidents.loading.workbooks import Workbook
from incidents.models import Import, Refusal
from places.gazetteer import folded

AT_ONCE = 1_000


def work_on(import_id: int, *, until: datetime | None = None) -> bool:
    """Check or store the rows of this file until it is through, stopped, or the time is over.

    Returns whether something is left to do.
    """
    with machine():
        batch = Import.objects.filter(pk=import_id).select_related("asked_by__agency").first()
    if batch is None or batch.state not in IMPORT_AT_WORK:
        return False
    try:
        return _go_on(batch, until)
    except vault.Altered:
        _stop(batch, Verb.EVIDENCE_ALTERED)
        return False


def _go_on(batch: Import, until: datetime | None) -> bool:
    working = _Working(batch)
    with (
        translation.override(batch.language),
        _opened(batch) as file,
        closing(_table(batch, file).rows(after=batch.position)) as rows,
        closing(Reading(batch).pieces(rows, AT_ONCE)) as pieces,
    ):
        for piece in pieces:
            if not working.deal_with(piece):
                return False
            if until is not None and timezone.now() >= until:
                return True
        working.finish()
    return False


@contextmanager
def _opened(batch: Import) -> Iterator[IO[bytes]]:
    with closing(vault.open_intact(batch.path, batch.sha256)) as file:
        yield file


def _table(batch: Import, file: IO[bytes]) -> "Table | Workbook":
    return open_again(file, batch.table)


class _Working:
    """What stays the same from piece to piece."""

    def __init__(self, batch: Import) -> None:
        self.batch = batch
        self.position = batch.position

    def deal_with(self, piece: Piece) -> bool:
        """Check or store these rows, all or none; whether there may be more to do."""
        with self._ours() as (batch, by):
            if batch is None:
                return False
            _deal_with(batch, piece, by=by, at=timezone.now())
            self.position = batch.position
            return True

    def finish(self) -> None:
        """Say that the file is through."""
        with self._ours() as (batch, by):
            if batch is not None:
                _finish(batch, by=by, at=timezone.now())

    @contextmanager
    def _ours(self) -> Iterator[tuple[Import | None, User]]:
        """The row of the import, locked, and who is acted for; None where it is not ours.

        Another worker has it, somebody stopped it, or whoever asked may not load files any more:
        then nobody rings for it again.
        """
        by = _asker(self.batch)
        if by is None:
            _stop(self.batch, Verb.IMPORT_STOPPED)
            yield None, self.batch.asked_by
            return
        with acting_in_post(by):
            locked = Import.objects.visible_to(by).select_for_update(skip_locked=True)
            yield (
                locked.filter(
                    pk=self.batch.pk, state__in=IMPORT_AT_WORK, position=self.position
                ).first(),
                by,
            )


def _asker(batch: Import) -> User | None:
    """Whoever asked, in the post they asked in; None where they may not load files in it now."""
    with machine():
        person = User.objects.filter(pk=batch.asked_by_id, is_active=True).first()
        by = person and person.in_agency(batch.agency_id)
    return by if by and policies.can_load_incidents(by) else None


def _deal_with(batch: Import, piece: Piece, *, by: User, at: datetime) -> None:
    refused = [_refusal(batch, row, why) for row, why in piece.refused]
    if batch.state == ImportState.CHECKING:
        done = storing.would_come_to(batch, piece.taken, by=by)
    else:
        done = _store(batch, piece.taken, refused, by=by, at=at)
    refused += [_withheld(batch, row, reference) for row, reference in done.withheld]
    Refusal.objects.bulk_create(refused)
    batch.added += done.added
    batch.updated += done.updated
    batch.same += done.same
    batch.refused += len(refused)
    batch.position = piece.position
    batch.rung_at = at
    batch.save(update_fields=["added", "updated", "same", "refused", "position", "rung_at"])


def _store(
    batch: Import, taken: list[Taken], refused: list[Refusal], *, by: User, at: datetime
) -> Stored:
    """All at once; where the database refuses one, each for itself, and that one is told."""
    try:
        with transaction.atomic():
            return storing.store(batch, taken, by=by, at=at)
    except IntegrityError:
        done = Stored()
    for each in taken:
        try:
            with transaction.atomic():
                done += storing.store(batch, [each], by=by, at=at)
        except IntegrityError:
            refused.append(_not_stored(batch, each))
    return done


def _refusal(batch: Import, row: Row, why: RowRefused) -> Refusal:
    return Refusal(
        batch=batch,
        row=row.number,
        column=why.column[:200],
        value=why.value[:200],
        sentence=why.sentence[:300],
        asked=folded(why.value)[:200] if isinstance(why, PlaceAsked) else "",
    )


def _not_stored(batch: Import, row: Taken) -> Refusal:
    # Such as an incident of the agency that whoever loads may not read: nothing is said of it.
    sentence = translation.gettext("The register could not take this row. Ask your agency admin.")
    return Refusal(batch=batch, row=row.number, sentence=sentence)


def _withheld(batch: Import, row: int, reference: str) -> Refusal:
    sentence = translation.gettext(
        "The record of this row, %(reference)s, was withdrawn and stays as it is. The row is kept"
        " beside it. Put the record back if it was withdrawn in error, and load the row again."
    ) % {"reference": reference}
    return Refusal(batch=batch, row=row, sentence=sentence)


def _stop(batch: Import, because: Verb) -> None:
    """The file is gone or altered, or nobody may load it: nobody rings for it again."""
    with machine():
        was = batch.state
        batch.state = ImportState.STOPPED if was == ImportState.RUNNING else ImportState.RECEIVED
        batch.save(update_fields=["state"])
        record(because, by=None, target=batch, at=timezone.now())


def _finish(batch: Import, *, by: User, at: datetime) -> None:
    is_check = batch.state == ImportState.CHECKING
    batch.state = ImportState.CHECKED if is_check else ImportState.DONE
    batch.rows = batch.done
    batch.finished_at = at
    batch.save(update_fields=["state", "rows", "finished_at"])
    record(
        Verb.IMPORT_CHECKED if is_check else Verb.IMPORT_DONE,
        by=by,
        target=batch,
        at=at,
        added=batch.added,
        updated=batch.updated,
        same=batch.same,
        refused=batch.refused,
    )
