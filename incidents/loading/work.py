"""The work on one file: some rows at a time, each batch a transaction of its own.

Whoever asked for it is acted for, and asked again at every batch whether they still may.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from agencies.lock import acting, machine
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from incidents import policies
from incidents.choices import IMPORT_AT_WORK, ImportState
from incidents.files import vault
from incidents.loading import formats, storing
from incidents.loading.drafts import PlaceAsked, RowRefused
from incidents.loading.rows import Row
from incidents.loading.storing import Stored, Taken
from incidents.loading.tables import Table, open_again
from incidents.loading.workbooks import Workbook
from incidents.models import Import, Refusal
from places.gazetteer import Gazetteer, folded

AT_ONCE = 1_000
FUTURE = timedelta(days=1)


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
        _stop(batch)
        return False


def _go_on(batch: Import, until: datetime | None) -> bool:
    with (
        translation.override(batch.language),
        _opened(batch) as file,
        closing(_table(batch, file).rows(after=batch.position)) as rows,
    ):
        taking = _Taking(batch)
        while until is None or timezone.now() < until:
            piece = list(islice(rows, AT_ONCE))
            if not taking.piece(piece):
                return False
    return True


@contextmanager
def _opened(batch: Import) -> Iterator[IO[bytes]]:
    with closing(vault.open_intact(batch.path, batch.sha256)) as file:
        yield file


def _table(batch: Import, file: IO[bytes]) -> "Table | Workbook":
    return open_again(file, batch.table)


class _Taking:
    """What stays the same from batch to batch."""

    def __init__(self, batch: Import) -> None:
        self.pk = batch.pk
        self.by = batch.asked_by
        self.position = batch.position
        self.draft = formats.reading(batch.scheme, batch.mapping)
        self.gazetteer = Gazetteer(batch.answers)

    def piece(self, rows: list[Row]) -> bool:
        """Deal with these rows, all or none; whether there may be more."""
        at = timezone.now()
        with acting(self.by):
            batch = self._ours()
            if batch is None:
                return False
            if not rows:
                _finish(batch, by=self.by, at=at)
                return False
            self._deal_with(batch, rows, at=at)
            self.position = batch.position
            return True

    def _ours(self) -> Import | None:
        """The row of the import, locked; None where it is not ours to go on with.

        Another worker has it, somebody stopped it, or whoever asked may not load files any more.
        """
        person = User.objects.filter(pk=self.by.pk, is_active=True).first()
        if person is None or not policies.can_load_incidents(person):
            return None
        locked = Import.objects.visible_to(person).select_for_update(skip_locked=True)
        return locked.filter(pk=self.pk, state__in=IMPORT_AT_WORK, position=self.position).first()

    def _deal_with(self, batch: Import, rows: list[Row], *, at: datetime) -> None:
        taken: list[Taken] = []
        refused: list[Refusal] = []
        for row in rows:
            try:
                taken.append(self._take(row, at))
            except RowRefused as why:
                refused.append(_refusal(batch, row, why))
        if batch.state == ImportState.CHECKING:
            new, changed, same = storing.sorted_out(batch, taken, by=self.by)
            done = Stored(len(new), len(changed), same)
        else:
            done = self._store(batch, taken, refused, at=at)
        Refusal.objects.bulk_create(refused)
        batch.added += done.added
        batch.updated += done.updated
        batch.same += done.same
        batch.refused += len(refused)
        batch.position = rows[-1].number
        batch.rung_at = at
        batch.save(update_fields=["added", "updated", "same", "refused", "position", "rung_at"])

    def _store(
        self, batch: Import, taken: list[Taken], refused: list[Refusal], *, at: datetime
    ) -> Stored:
        """All at once; where the database refuses one, each for itself, and that one is told."""
        try:
            with transaction.atomic():
                return storing.store(batch, taken, by=self.by, at=at)
        except IntegrityError:
            done = Stored()
        for each in taken:
            try:
                with transaction.atomic():
                    done += storing.store(batch, [each], by=self.by, at=at)
            except IntegrityError:
                refused.append(_not_stored(batch, each))
        return done

    def _take(self, row: Row, at: datetime) -> Taken:
        if row.fault:
            raise RowRefused("", "", row.fault)
        draft = self.draft(row, self.gazetteer)
        day = draft.when.on_date
        if day is not None and day > (at + FUTURE).date():
            raise RowRefused("", f"{day}", translation.gettext("The day is still to come."))
        return Taken(row.number, row.cells, draft)


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


def _stop(batch: Import) -> None:
    """The file is gone or altered: nothing is read from it, and nobody rings for it again."""
    with acting(batch.asked_by):
        was = batch.state
        batch.state = ImportState.STOPPED if was == ImportState.RUNNING else ImportState.RECEIVED
        batch.save(update_fields=["state"])
        record(Verb.EVIDENCE_ALTERED, by=None, target=batch, at=timezone.now())


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
