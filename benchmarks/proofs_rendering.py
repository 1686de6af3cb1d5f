"""Workers killed at random, and documents made to hold them: each document once, the others go on.

Two workers as processes of their own, the database and the broker as they run.
"""

import os
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom
from tempfile import mkdtemp

from django.conf import settings
from django.db.models import Count, F, Max
from django.utils import timezone

from agencies.lock import machine
from benchmarks.papers import SENTENCE, asked, document_of
from benchmarks.table import Proof
from bulletins.choices import RenderingState, Urgency
from bulletins.models import Rendering
from bulletins.rendering import sandbox
from bulletins.rendering.documents import BriefDocument
from bulletins.rendering.sandbox import RenderFailed
from tests.browser.product import Product
from tests.bulletins.hostile import HOSTILE, typed

JOBS = int(os.environ.get("PROVE_JOBS", "200"))
KILLS = 12
PATIENCE = 900.0
WORKERS = ("one", "two")
FLASHES = 10


class Workers:
    """Two workers that can be killed and come back."""

    def __init__(self) -> None:
        self.product = Product(Path(mkdtemp(dir=settings.DATA_DIR)))
        self.product.environment = dict(os.environ)
        for name in WORKERS:
            self.launch(name)
        self.product.launch_beat()

    def launch(self, name: str) -> None:
        """Start one of them."""
        self.product.launch(
            name,
            *("-m", "celery", "-A", "aar", "worker", "--concurrency", "1"),
            *("--hostname", f"{name}@%h"),
        )

    def kill(self, name: str) -> None:
        """End it and its children at once, and start it anew."""
        self.product.kill(name)
        self.launch(name)


def killed_at_random() -> Proof:
    """Two hundred documents, a dozen kills."""
    chance = SystemRandom()
    workers = Workers()
    begun = time.monotonic()
    try:
        numbers = asked([document_of(2) for _ in range(JOBS)])
        for kill in range(1, KILLS + 1):
            _until(partial(_finished, numbers, kill * JOBS // (KILLS + 1)))
            time.sleep(chance.uniform(0, 1.5))
            workers.kill(chance.choice(WORKERS))
        _until(partial(_finished, numbers, JOBS))
    finally:
        workers.product.stop()
    with machine():
        done = Rendering.objects.filter(pk__in=numbers, state=RenderingState.DONE)
        twice = done.values("document").annotate(n=Count("pk")).filter(n__gt=1).count()
        paths = set(done.values_list("document__path", flat=True))
    files = sum((Path(settings.MEDIA_ROOT) / path).is_file() for path in paths)
    figure = f"{len(paths)} of {JOBS}, {twice} twice, {time.monotonic() - begun:.0f} s"
    return Proof(
        f"workers are killed {KILLS} times at random during {JOBS} documents",
        figure,
        files == len(paths) == JOBS and not twice,
    )


def hostile_pages() -> list[Proof]:
    """Page sources that would hold the engine: each ends within the limits, and says why."""
    return [_ended(name, make()) for name, make in HOSTILE.items()]


def _ended(name: str, html: str) -> Proof:
    """In a process of its own, so that what its child needed is known."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        begun = time.monotonic()
        try:
            end = f"rendered, {sandbox.render(html).pages} pages"
        except RenderFailed as failure:
            end = f"stopped: {failure.reason}"
        os.write(writing, f"{time.monotonic() - begun:.1f}|{end}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        seconds, _bar, end = pipe.read().partition("|")
    # With that of the children it has waited for: the largest of them.
    megabytes = os.wait4(child, 0)[2].ru_maxrss / 1024
    return Proof(
        f"hostile: {name}",
        f"{end}, {float(seconds):.0f} s, {megabytes:.0f} MB",
        float(seconds) < _limit().seconds and megabytes <= settings.RENDERING_MB,
    )


def hostile_words() -> Proof:
    """What a person can type, as briefs of the product, while others are made beside them."""
    workers = Workers()
    begun = timezone.now()
    try:
        hostile = asked([_typed(words) for words in typed().values()])
        honest = asked([document_of(2) for _ in range(FLASHES)], Urgency.FLASH)
        _until(partial(_finished, [*hostile, *honest], len(hostile) + len(honest)))
    finally:
        workers.product.stop()
    with machine():
        ends = Rendering.objects.filter(pk__in=hostile)
        failed = ends.filter(state=RenderingState.FAILED).count()
        rest = Rendering.objects.filter(pk__in=honest, state=RenderingState.DONE)
        longest = ends.aggregate(most=Max(F("finished_at") - F("claimed_at")))["most"]
        last = rest.aggregate(last=Max("finished_at"))["last"]
        ten = rest.count()
    waited = (last - begun).seconds
    return Proof(
        "hostile words end, and ten flash documents are made beside them",
        f"{failed} of {len(hostile)} failed, {longest.seconds} s at most; the ten {waited} s",
        ten == FLASHES and longest < _limit(),
    )


def _limit() -> timedelta:
    return timedelta(seconds=settings.RENDERING_SECONDS * sandbox.BUSY + 5)


def _typed(words: str) -> BriefDocument:
    return replace(document_of(1), summary=f"{SENTENCE}{words}")


def _finished(numbers: list[int], most: int) -> bool:
    with machine():
        left = Rendering.objects.filter(pk__in=numbers).unfinished().count()
    return len(numbers) - left >= most


def _until(condition: partial[bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)


def prove() -> list[Proof]:
    """All of it."""
    return [killed_at_random(), hostile_words(), *hostile_pages()]
