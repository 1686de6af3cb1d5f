"""The worker's part: it makes the PDFs that rows of the database say are to be made.

The message only rings: what is made next is decided when a worker is free (`models/queue.py`). A
rendering whose ring was lost, or whose worker died, is found by the sweep; so losing the broker at
any moment loses no document.
"""

import hashlib
import logging
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module

from celery import shared_task
from celery.signals import worker_init, worker_process_init
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from agencies.lock import acting, machine
from audit.choices import Verb
from audit.record import record
from bulletins.choices import MAX_ATTEMPTS, RenderingState
from bulletins.models import Brief, Bulletin, Document, Rendering, Worker
from bulletins.models.queue import claim_next
from bulletins.rendering import sandbox
from bulletins.rendering.documents import BriefDocument
from bulletins.rendering.documents_kinds import KINDS
from bulletins.rendering.documents_kinds import Document as PrintedDocument
from bulletins.rendering.pages import html_of
from bulletins.rendering.records import Kept, canonical, from_record, to_record
from bulletins.rendering.sandbox import Reason, RenderFailed
from bulletins.workers import ALIVE_FOR

log = logging.getLogger(__name__)

# A ring this old was lost.
RING_LOST = timedelta(seconds=30)
# Between claiming a row and holding its lock lies an instant; a claim older than this that nobody
# holds is a dead worker's.
CLAIM_TAKES = timedelta(seconds=5)
# A worker belongs to others too: many documents are made in turns.
TURN = timedelta(seconds=20)
# What a further try may mend, and how long it waits for that; all else fails the same again.
TRY_AGAIN = {Reason.WORKER: timedelta(0), Reason.STORAGE: timedelta(seconds=30)}


@worker_init.connect
@worker_process_init.connect
def warm_up(**_: object) -> None:
    """Import the renderer and set one page before the first job; children share what it loaded."""
    import_module("bulletins.rendering.engine").warm()
    import_module("bulletins.rendering.paper").fingerprint()


def ring(**_: object) -> None:
    """Tell a worker. When the broker is away the request still succeeds; the sweep will ring."""
    try:
        render.delay()
    except (OperationalError, RedisError, OSError) as error:
        log.warning("A rendering was not rung, the sweep will: %s", error)


@shared_task
def render(**_: object) -> None:
    """Make what is next, and what is next after it, for as long as one turn takes."""
    until = timezone.now() + TURN
    while _make_next():
        if timezone.now() >= until:
            ring()
            return


def _make_next() -> bool:
    """Make one document: claim the row, render, store, finish in one update; whether there was one.

    The row is locked while it is worked on: a worker that dies lets go of it at once.
    """
    now = timezone.now()
    with machine():
        claimed = claim_next(worker=render.request.hostname or socket.gethostname(), at=now)
    if claimed is None:
        return False
    work_on_claimed(rendering_id=claimed, claimed_at=now)
    return True


def work_on_claimed(*, rendering_id: int, claimed_at: datetime) -> None:
    """Make the document of a row that was claimed at this moment and is still ours."""
    with machine():
        rendering = (
            Rendering.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("requested_by")
            .filter(pk=rendering_id, state=RenderingState.RENDERING, claimed_at=claimed_at)
            .first()
        )
        if rendering is not None:
            _work_on(rendering)


def _work_on(rendering: Rendering) -> None:
    """Render and store; on a failure wait for the next try, or say why there is none."""
    product = _product(rendering)
    if product is None:
        _fail(rendering, Reason.RIGHTS, rendering)
        return
    try:
        made = _made(product)
    except RenderFailed as failure:
        _give_up_or_wait(rendering, failure.reason, product)
    except OSError as error:
        log.warning("Rendering %s could not be stored: %s", rendering.pk, error)
        _give_up_or_wait(rendering, Reason.STORAGE, product)
    else:
        _finish(rendering, made, product)


@shared_task
def sweep_renderings(**_: object) -> None:
    """Ring again what was not heard, and take back what a dead worker had claimed."""
    now = timezone.now()
    with machine():
        # A living worker holds the lock of its row; what is free to lock was left behind.
        for rendering in Rendering.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=RenderingState.RENDERING, claimed_at__lt=now - CLAIM_TAKES
        ):
            _give_up_or_wait(rendering, Reason.WORKER, _product(rendering) or rendering)
        unheard = Q(queued_at__lt=now - RING_LOST) | Q(attempts__gt=0)
        waiting = Rendering.objects.may_be_tried(now).filter(unheard)
        # One ring wakes a worker, and it goes on until none waits.
        free = max(1, Worker.objects.filter(seen_at__gt=now - ALIVE_FOR).count())
        rings = len(waiting.values_list("pk")[:free])
    for _ring in range(rings):
        ring()


def _product(rendering: Rendering) -> Bulletin | Brief | None:
    """What is to be printed, if whoever asked for it may still read it."""
    by = rendering.requested_by
    with acting(by):
        bulletins = Bulletin.objects.visible_to(by).filter(renderings=rendering)
        return (
            bulletins.first() or Brief.objects.visible_to(by).filter(renderings=rendering).first()
        )


@dataclass(frozen=True)
class Made:
    """A file in the storage, and whether this rendering had to make it."""

    content_key: str
    sha256: str
    path: str
    size: int
    pages: int


def _made(product: Bulletin | Brief) -> Document | Made:
    """The stored document; the one already there when the same content was rendered before.

    The same record, set by the same product, is the same document: no page is written to see it.
    """
    paper = sandbox.paper()
    signer = paper.fingerprint()
    kind = f"{sandbox.engine().key} {signer} {type(product).__name__} "
    key = hashlib.sha256(kind.encode() + canonical(product.content or {})).hexdigest()
    known = Document.objects.filter(content_key=key).first()
    if known is not None and default_storage.exists(known.path):
        return known
    document = _document(product)
    rendered = sandbox.render(
        html_of(document), finish=partial(paper.finished, kept=_kept(document))
    )
    digest = hashlib.sha256(rendered.pdf).hexdigest()
    path = f"pdf/{digest[:2]}/{digest}.pdf"
    _store(path, rendered.pdf)
    return Made(key, digest, path, len(rendered.pdf), rendered.pages)


def _kept(document: PrintedDocument) -> Kept:
    """The record that the file prints the hash of."""
    day = document.printed_on if isinstance(document, BriefDocument) else document.issued_on
    return Kept(document.number, day.isoformat(), canonical(to_record(document)))


def _document(product: Bulletin | Brief) -> PrintedDocument:
    """What the frozen record of the product says."""
    if isinstance(product, Bulletin):
        return from_record(KINDS[product.kind], product.content or {})
    return from_record(BriefDocument, product.content)


def _store(path: str, pdf: bytes) -> None:
    """Keep the file under the hash of its bytes; half a file of a broken try is replaced."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(pdf):
            return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(pdf))


@transaction.atomic
def _finish(rendering: Rendering, made: Document | Made, product: Bulletin | Brief) -> None:
    """The document is there: one update, unless the claim was taken back meanwhile."""
    now = timezone.now()
    if isinstance(made, Made):
        document, _new = Document.objects.update_or_create(
            content_key=made.content_key,
            defaults={
                "sha256": made.sha256,
                "path": made.path,
                "size": made.size,
                "pages": made.pages,
                "made_at": now,
            },
        )
    else:
        document = made
    done = _ours(rendering).update(
        state=RenderingState.DONE, document=document, finished_at=now, error=""
    )
    if done:
        record(
            Verb.RENDERING_FINISHED,
            by=None,
            target=product,
            at=now,
            sha256=document.sha256,
            pages=document.pages,
            attempts=rendering.attempts,
        )


@transaction.atomic
def _give_up_or_wait(
    rendering: Rendering, reason: Reason, target: Bulletin | Brief | Rendering
) -> None:
    """Try again what a further try may mend, three times at most; else the page says why."""
    wait = TRY_AGAIN.get(reason)
    if wait is None or rendering.attempts >= MAX_ATTEMPTS:
        _fail(rendering, reason, target)
        return
    queued = timezone.now() + wait if wait else rendering.queued_at
    if _ours(rendering).update(
        state=RenderingState.WAITING, error=reason, claimed_at=None, queued_at=queued
    ):
        transaction.on_commit(ring)


@transaction.atomic
def _fail(rendering: Rendering, reason: Reason, target: Bulletin | Brief | Rendering) -> None:
    """No further try: the page says why."""
    now: datetime = timezone.now()
    if _ours(rendering).update(state=RenderingState.FAILED, error=reason, finished_at=now):
        record(Verb.RENDERING_FAILED, by=None, target=target, at=now, reason=str(reason))


def _ours(rendering: Rendering) -> QuerySet[Rendering]:
    """The row while it carries our claim."""
    return Rendering.objects.filter(
        pk=rendering.pk, state=RenderingState.RENDERING, claimed_at=rendering.claimed_at
    )
