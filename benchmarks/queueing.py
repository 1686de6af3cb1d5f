"""Many documents that wait: what a claim costs among them, and what a second worker brings."""

import os
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from django.conf import settings
from django.db.models import F, Max, Min
from django.utils import timezone

from agencies.lock import machine
from agencies.models import Agency
from benchmarks.papers import asked, document_of
from benchmarks.proofs import seconds_until
from benchmarks.table import Case, at_least, at_most, for_orientation, wall_ms
from bulletins.choices import RenderingState, Urgency
from bulletins.models import Rendering
from bulletins.models.queue import claim_next
from tests.browser.product import Product

WAITING = 10_000
CLAIMS = 100
BULLETINS = int(os.environ.get("BENCH_BULLETINS", "200"))
PATIENCE = 900


def claims() -> Case:
    """One claim among ten thousand waiting, of all agencies and classes."""
    numbers = asked([document_of(1) for _ in range(WAITING)])
    with machine():
        _spread(numbers, "agency_id", list(Agency.objects.values_list("pk", flat=True)))
        _spread(numbers, "priority", Urgency.values)
    times = [wall_ms(partial(_claim, turn)) for turn in range(CLAIMS)]
    with machine():
        Rendering.objects.filter(pk__in=numbers).delete()
    return at_most(5, "claim of the next document", f"{WAITING:,} waiting", median(times), "ms")


def _spread(numbers: list[int], field: str, values: list[int]) -> None:
    """Give each its value in turn."""
    for place, value in enumerate(values):
        mine = Rendering.objects.filter(pk__in=numbers[place :: len(values)])
        mine.update(**{field: value})


def _claim(turn: int) -> None:
    with machine():
        if claim_next(worker=f"measured {turn % 2}", at=timezone.now()) is None:
            raise RuntimeError("none waits")


def seconds_on(workers: int) -> float:
    """From the first claim to the last stored file."""
    numbers = asked([document_of(2) for _ in range(BULLETINS)])
    product = Product(Path(mkdtemp(dir=settings.DATA_DIR)))
    product.environment = dict(os.environ)
    try:
        for number in range(workers):
            product.launch(
                f"worker-{number}",
                *("-m", "celery", "-A", "aar", "worker", "--concurrency", "1"),
                *("--hostname", f"bench-{number}@%h"),
            )
        product.launch_beat()
        mine = partial(Rendering.objects.filter, pk__in=numbers)
        seconds_until(partial(_all_done, numbers), PATIENCE)
        with machine():
            told = mine(state=RenderingState.DONE, finished_at__gt=F("claimed_at"))
            first, last = told.aggregate(a=Min("claimed_at"), b=Max("finished_at")).values()
            if told.count() != BULLETINS:
                raise RuntimeError(f"{told.count()} of {BULLETINS} were made")
    finally:
        product.stop()
    return float((last - first).total_seconds())


def _all_done(numbers: list[int]) -> bool:
    with machine():
        return not Rendering.objects.filter(pk__in=numbers).unfinished().exists()


def measure() -> list[Case]:
    """The claim, then the same number of documents on one worker and on two."""
    cases = [claims()]
    one, two = seconds_on(1), seconds_on(2)
    size = f"{BULLETINS} briefs"
    return [
        *cases,
        at_least(1.8, "documents on two workers ÷ on one", size, one / two, "×"),
        for_orientation("documents on one worker", size, one, "s"),
    ]
