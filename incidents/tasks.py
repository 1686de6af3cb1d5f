"""The worker's part: it has files searched for viruses and draws pictures anew for the screen.

The rows say what is to be done; the message only rings, and the sweep rings again.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from agencies.lock import machine
from audit.choices import Verb
from audit.record import record
from incidents.choices.files import (
    IMPORT_AT_WORK,
    MAX_COPY_ATTEMPTS,
    CopyFault,
    CopyState,
    EvidenceState,
    HeldBecause,
)
from incidents.files import clamd, pictures, vault
from incidents.loading.work import work_on
from incidents.models import DisplayCopy, Evidence, Import

log = logging.getLogger(__name__)

# A ring this old was lost.
RING_LOST = timedelta(seconds=30)
# Between claiming a row and holding its lock lies an instant; a claim older than this that nobody
# holds is a dead worker's.
CLAIM_TAKES = timedelta(seconds=5)
# A scanner that was away or slow is asked again after this.
ASK_AGAIN = timedelta(minutes=4)
# What lies about longer than any upload takes was left behind by one that broke off.
LEFT_BEHIND = timedelta(days=1)
AT_ONCE = 200
# A worker belongs to others too: a long file is loaded in turns.
TURN = timedelta(seconds=20)
# Another try will not mend these.
FINAL = frozenset({CopyFault.BROKEN, CopyFault.ALTERED})


def ring(*, evidence_id: int) -> None:
    """Tell a worker. When the broker is away the request still succeeds; the sweep will ring."""
    try:
        check.delay(evidence_id=evidence_id)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("Evidence %s not rung, the sweep will: %s", evidence_id, error)


def ring_import(*, import_id: int) -> None:
    """Tell a worker of a file of incidents; where the broker is away, the sweep will."""
    try:
        load_file.delay(import_id=import_id)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("Import %s not rung, the sweep will: %s", import_id, error)


@shared_task
def load_file(*, import_id: int, **_: object) -> None:
    """Check or store rows of a file for as long as one turn takes, then ring for the next."""
    if work_on(import_id, until=timezone.now() + TURN):
        ring_import(import_id=import_id)


@shared_task
def sweep_imports(**_: object) -> None:
    """Ring again for files whose worker died or was never told."""
    before = timezone.now() - RING_LOST
    with machine():
        left = Import.objects.filter(state__in=IMPORT_AT_WORK, rung_at__lt=before)
        lost = list(left.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in lost:
        ring_import(import_id=pk)


@shared_task
def sum_tallies(**_: object) -> None:
    """Sum up what writes have added to the kept counts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT incidents_sum_tallies()")


@shared_task
def check(*, evidence_id: int, **_: object) -> None:
    """Have a held file searched for viruses; draw the picture, if it is one, of a file that is not.

    Never both in one turn: together they could take longer than a task may.
    """
    with machine():
        evidence = (
            Evidence.objects.held()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(Q(tried_at=None) | Q(tried_at__lt=timezone.now() - ASK_AGAIN))
            .filter(pk=evidence_id)
            .first()
        )
        if evidence is not None:
            _search(evidence)
            return
    draw(evidence_id=evidence_id)


@shared_task
def draw(*, evidence_id: int, **_: object) -> None:
    """Draw one picture anew: claim the row, draw, store, finish in one update."""
    copy = _claim(evidence_id)
    if copy is not None:
        with machine():
            if _ours(copy).select_for_update(skip_locked=True).first():
                _work_on(copy)


@shared_task
def sweep_evidence(**_: object) -> None:
    """Ring again what was not heard or not answered, and take back what a dead worker claimed."""
    now = timezone.now()
    with machine():
        # A living worker holds the lock of its row; what is free to lock was left behind.
        for copy in (
            DisplayCopy.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("evidence")
            .filter(state=CopyState.DRAWING, claimed_at__lt=now - CLAIM_TAKES)
        ):
            _give_up_or_wait(copy, CopyFault.WORKER)
        unheard = Evidence.objects.held().filter(added_at__lt=now - RING_LOST)
        unheard = unheard.filter(Q(tried_at=None) | Q(tried_at__lt=now - ASK_AGAIN))
        undrawn = Evidence.objects.filter(
            state=EvidenceState.CLEAN,
            copy__state=CopyState.WAITING,
            copy__requested_at__lt=now - RING_LOST,
        )
        lost = [
            pk
            for rows in (unheard, undrawn)
            for pk in rows.order_by("added_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
        ]
    for pk in lost:
        ring(evidence_id=pk)


@shared_task
def sweep_files(**_: object) -> None:
    """Remove files whose row was never committed, and uploads that broke off."""
    before = timezone.now() - LEFT_BEHIND
    batch: list[str] = []
    for path in vault.all_paths():
        batch.append(path)
        if len(batch) == AT_ONCE:
            _remove_orphans(batch, before)
            batch = []
    _remove_orphans(batch, before)
    folder = Path(settings.UPLOAD_DIR)
    for left in folder.glob("up-*") if folder.is_dir() else ():
        if left.stat().st_mtime < before.timestamp():
            left.unlink(missing_ok=True)


def _search(evidence: Evidence) -> None:
    """Ask the scanner and write down what it said; without an answer the file stays held."""
    now = timezone.now()
    try:
        verdict = _verdict(evidence)
    except clamd.NoVerdict as silence:
        _hold(evidence, silence.because, now)
        return
    evidence.held_because, evidence.tried_at = "", now
    evidence.scanned_at = now if clamd.is_asked() else None
    evidence.refused_because = verdict.signature
    evidence.state = EvidenceState.REFUSED if verdict.signature else EvidenceState.CLEAN
    evidence.save(
        update_fields=["state", "held_because", "refused_because", "scanned_at", "tried_at"]
    )
    transaction.on_commit(partial(ring, evidence_id=evidence.pk))
    if verdict.signature:
        record(Verb.EVIDENCE_REFUSED, by=None, target=evidence, at=now, signature=verdict.signature)
    elif clamd.is_asked():
        record(Verb.EVIDENCE_CHECKED, by=None, target=evidence, at=now, sha256=evidence.sha256)


def _verdict(evidence: Evidence) -> clamd.Verdict:
    if not clamd.is_asked():
        return clamd.Verdict()
    try:
        with vault.open_intact(evidence.path, evidence.sha256) as opened:
            return clamd.scan(opened)
    except vault.Altered as error:
        raise clamd.NoVerdict(HeldBecause.MISSING) from error


def _hold(evidence: Evidence, because: HeldBecause, now: datetime) -> None:
    if because == HeldBecause.MISSING != evidence.held_because:
        record(Verb.EVIDENCE_ALTERED, by=None, target=evidence, at=now, sha256=evidence.sha256)
    log.warning("Evidence %s stays held: %s", evidence.pk, because.value)
    evidence.held_because, evidence.tried_at = because, now
    evidence.save(update_fields=["held_because", "tried_at"])


def _claim(evidence_id: int) -> DisplayCopy | None:
    """The row, ours from now on; None when there is nothing to draw, or another worker does."""
    with machine():
        copy = (
            DisplayCopy.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("evidence")
            .filter(
                evidence_id=evidence_id,
                evidence__state=EvidenceState.CLEAN,
                state=CopyState.WAITING,
            )
            .first()
        )
        if copy is None:
            return None
        copy.state = CopyState.DRAWING
        copy.attempts += 1
        copy.claimed_at = timezone.now()
        copy.save(update_fields=["state", "attempts", "claimed_at"])
        return copy


def _work_on(copy: DisplayCopy) -> None:
    """Draw and store; on a failure wait for the next try, or say why there is none."""
    evidence = copy.evidence
    try:
        with vault.open_intact(evidence.path, evidence.sha256) as opened:
            drawn = pictures.redraw(opened.read(), evidence.media_type)
        path, sha256 = vault.keep_copy(drawn.content)
    except vault.Altered:
        _give_up_or_wait(copy, CopyFault.ALTERED)
    except pictures.NotDrawn as failure:
        _give_up_or_wait(copy, failure.fault)
    except OSError as error:
        log.warning("The copy of evidence %s could not be stored: %s", evidence.pk, error)
        _give_up_or_wait(copy, CopyFault.STORAGE)
    else:
        _ours(copy).update(
            state=CopyState.DONE,
            path=path,
            sha256=sha256,
            width=drawn.width,
            height=drawn.height,
            finished_at=timezone.now(),
            fault="",
        )


def _give_up_or_wait(copy: DisplayCopy, fault: CopyFault) -> None:
    """After the third failure the page says why; before that, it is tried again."""
    if copy.attempts < MAX_COPY_ATTEMPTS and fault not in FINAL:
        if _ours(copy).update(state=CopyState.WAITING, fault=fault, claimed_at=None):
            transaction.on_commit(partial(ring, evidence_id=copy.evidence_id))
        return
    now = timezone.now()
    if _ours(copy).update(state=CopyState.FAILED, fault=fault, finished_at=now):
        record(Verb.EVIDENCE_NOT_DRAWN, by=None, target=copy.evidence, at=now, fault=fault.value)


def _ours(copy: DisplayCopy) -> QuerySet[DisplayCopy]:
    """The row while it carries our claim."""
    return DisplayCopy.objects.filter(
        pk=copy.pk, state=CopyState.DRAWING, claimed_at=copy.claimed_at
    )


def _remove_orphans(paths: list[str], before: datetime) -> None:
    # The machine sees every row: what it took for nameless would be gone.
    with machine():
        nameless = sorted(set(paths) - _named(paths))
    for path in nameless:
        with machine():
            # Whoever stores this very file now waits, or has committed its row.
            vault.lock(path)
            if not _named([path]) and vault.is_older_than(path, before):
                vault.storage().delete(path)
                log.warning("Removed %s, which no record names", path)


def _named(paths: list[str]) -> set[str]:
    """Those among these paths that a row names."""
    originals = Evidence.objects.filter(path__in=paths).values_list("path", flat=True)
    copies = DisplayCopy.objects.filter(path__in=paths).values_list("path", flat=True)
    lists = Import.objects.filter(path__in=paths).values_list("path", flat=True)
    return {*originals, *copies, *lists}
