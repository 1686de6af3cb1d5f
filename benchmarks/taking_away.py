"""A thousand bulletins that are rendered already, put into one file: how long, and how much memory.

Beside it the floor: the same files read, hashed and written by `zipfile`, with nothing asked about
who may read them. Every bulletin has a file of its own, as long as one that was really rendered.
"""

import hashlib
from datetime import timedelta
from tempfile import TemporaryFile
from time import perf_counter
from zipfile import ZIP_STORED, ZipFile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max
from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting, machine
from agencies.models import User
from benchmarks.issuing import Job
from benchmarks.memory import megabytes
from benchmarks.table import Case, at_most, for_orientation
from bulletins.actions.exports import ask_export
from bulletins.choices import MOST_DOCUMENTS, ExportState, ExportSubject, RenderingState
from bulletins.exporting.verifying import faults_of
from bulletins.exporting.working import work_on
from bulletins.inputs import ExportWish
from bulletins.models import Bulletin, Document, Export, Rendering
from bulletins.selectors.exports import chosen, progress_of

ROUNDS = 3


def measure() -> list[Case]:
    """Seconds from asking to the finished file, memory above before, and the floor beside it."""
    by = person("BL-POLICE", Role.RELEASE_OFFICER)
    _prepare(by)
    _made(by)  # warm
    before = megabytes("VmRSS", from_now=True)
    seconds, export = _made(by)
    grown = megabytes("VmHWM") - before
    seconds = min(seconds, *(_made(by)[0] for _ in range(ROUNDS - 1)))
    floor = min(_floor(by, export) for _ in range(ROUNDS))
    size = f"{MOST_DOCUMENTS:,} bulletins, {export.size / 1e6:.0f} MB"
    return [
        for_orientation("export, asked to finished file, all rendered before", size, seconds, "s"),
        for_orientation("the same files read, hashed and zipped, nothing asked", size, floor, "s"),
        at_most(30, "memory while the export is made, above before", size, grown, "MB"),
    ]


def _made(by: User) -> tuple[float, Export]:
    """One export from the asking on. Raises where it is not whole."""
    begun = perf_counter()
    wish = ExportWish(ExportSubject.BULLETINS)
    export = ask_export(wish=wish, by=by, at=timezone.now())
    while work_on(export.pk, until=timezone.now() + timedelta(minutes=5)):
        pass
    took = perf_counter() - begun
    with acting(by):
        export.refresh_from_db()
        made = progress_of(export).made
    with default_storage.open(export.path) as file:
        faults = faults_of(file)
    if export.state != ExportState.DONE or made != MOST_DOCUMENTS or faults:
        raise RuntimeError(f"{export.state}: {made} documents, {faults[:3]}")
    return took, export


def _floor(by: User, export: Export) -> float:
    with acting(by):
        paths = list(export.items.order_by("position").values_list("document__path", flat=True))
    begun = perf_counter()
    with TemporaryFile() as file, ZipFile(file, "w", ZIP_STORED) as archive:
        for path in paths:
            with default_storage.open(path) as stored:
                content = stored.read()
            hashlib.sha256(content).hexdigest()
            archive.writestr(path, content)
    return perf_counter() - begun


def _prepare(by: User) -> None:
    """As many issued bulletins as one file holds, each with a document."""
    job = Job()
    with machine():
        Rendering.objects.all().delete()
    job.change()
    job.time()
    with acting(by):
        have = chosen(by, ExportSubject.BULLETINS, "", timezone.now()).count()
    for number in range(have, MOST_DOCUMENTS):
        with acting(by):
            job.issued(f"Taken away, number {number}")
    with acting(by):
        found = list(chosen(by, ExportSubject.BULLETINS, "", timezone.now()).defer("content"))
    with machine():
        largest = Document.objects.aggregate(size=Max("size"))["size"]
        document = Document.objects.filter(size=largest).earliest("pk")
        with default_storage.open(document.path) as file:
            pdf = file.read()
        for bulletin in found:
            _give(bulletin, pdf, document.pages, by)


def _give(bulletin: Bulletin, pdf: bytes, pages: int, by: User) -> None:
    """A document of its own: the same pages, and a comment behind the end of the file."""
    content = pdf + f"\n% {bulletin.pk}\n".encode()
    digest = hashlib.sha256(content).hexdigest()
    path = f"pdf/{digest[:2]}/{digest}.pdf"
    default_storage.save(path, ContentFile(content))
    now = timezone.now()
    made = Document.objects.create(
        content_key=digest, sha256=digest, path=path, size=len(content), pages=pages, made_at=now
    )
    Rendering.objects.create(
        bulletin=bulletin,
        state=RenderingState.DONE,
        document=made,
        requested_at=now,
        requested_by=by,
        claimed_at=now,
        finished_at=now,
    )
