"""What a rendering costs over WeasyPrint itself, in time and memory, and again when known."""

import subprocess
import sys
import time
from functools import partial
from statistics import median

from agencies.lock import acting, machine
from benchmarks.memory import megabytes
from benchmarks.papers import asked, document_of, printer
from benchmarks.table import Case, Pair, at_most, for_orientation, wall_ms
from bulletins import tasks
from bulletins.choices import RenderingState
from bulletins.models import Brief, Document, Rendering
from bulletins.rendering import sandbox
from bulletins.rendering.pages import html_of

ROUNDS = {2: 9, 12: 5, 50: 3}
AGAIN = 20
MANY = 500
SETTLED = 50
COLD = 5
# A new process that sets one document and ends.
ONE_DOCUMENT = """
import sys, django
django.setup()
from bulletins.rendering.engine import warm
print(warm().write(sys.stdin.read())[1])
"""


def made(pk: int) -> Document:
    """The document of a rendering. Raises when none came of it."""
    with machine():
        rendering = Rendering.objects.select_related("document").get(pk=pk)
    if rendering.document is None:
        raise RuntimeError(f"the rendering is {rendering.state}: {rendering.error}")
    return rendering.document


def beside_raw(pages: int) -> list[Case]:
    """The job from claim to stored file beside WeasyPrint alone on the same HTML."""
    engine, pair, size = sandbox.engine(), Pair([], []), 0
    for turn in range(ROUNDS[pages] + 1):
        document = document_of(pages)
        html = html_of(document)
        (pk,) = asked([document])
        raw_first = turn % 2
        raw = wall_ms(partial(engine.write, html)) if raw_first else 0.0
        ours = wall_ms(tasks.render)
        raw = raw or wall_ms(partial(engine.write, html))
        size = made(pk).pages
        if turn:  # the first warms both sides
            pair.ours.append(ours)
            pair.theirs.append(raw)
    words = f"{size} pages"
    return [
        at_most(1.10, "job, claim to stored file ÷ raw WeasyPrint", words, pair.ratio, "×"),
        for_orientation("job, claim to stored file", words, median(pair.ours), "ms"),
    ]


def the_same_again() -> Case:
    """Another rendering of the same record, to the word."""
    (first,) = asked([document_of(2)])
    tasks.render()
    document, times = made(first), []
    with acting(printer()):
        brief = Brief.objects.get(renderings=first)
    for _turn in range(AGAIN):
        with acting(printer()):
            again = Rendering.objects.create(
                brief=brief, requested_at=brief.requested_at, requested_by=printer()
            )
        times.append(wall_ms(tasks.render))
        if made(again.pk) != document:
            raise RuntimeError("the same brief was rendered a second time")
    return at_most(20, "the same document again, no second render", "2 pages", median(times), "ms")


def warm_beside_cold() -> Case:
    """A job of a warm worker beside a new process that sets the same page source."""
    pair = Pair([], [])
    for _turn in range(COLD):
        document = document_of(2)
        cold = partial(
            subprocess.run,
            [sys.executable, "-c", ONE_DOCUMENT],
            input=html_of(document).encode(),
            check=True,
            capture_output=True,
        )
        (pk,) = asked([document])
        pair.ours.append(wall_ms(tasks.render))
        made(pk)
        pair.theirs.append(wall_ms(cold))
    return at_most(0.5, "warm worker ÷ cold process", "2 pages", pair.ratio, "×")


def memory_of_many() -> Case:
    """What the process that forks has grown by, from the first fifty documents to the last."""
    _made_all(asked([document_of(1) for _ in range(SETTLED)]))
    before = megabytes("VmRSS")
    _made_all(asked([document_of(1) for _ in range(MANY - SETTLED)]))
    grown = max(0.0, megabytes("VmRSS") - before)
    return at_most(8, "worker memory, grown from document 50 on", f"{MANY} docs", grown, "MB")


def _made_all(numbers: list[int]) -> None:
    deadline = time.monotonic() + 10 * len(numbers)
    while time.monotonic() < deadline:
        tasks.render()
        with machine():
            done = Rendering.objects.filter(pk__in=numbers, state=RenderingState.DONE).count()
        if done == len(numbers):
            return
    raise RuntimeError(f"{done} of {len(numbers)} documents were made")


def measure() -> list[Case]:
    """Every case of one worker, in this process."""
    sides = [case for pages in ROUNDS for case in beside_raw(pages)]
    return [*sides, the_same_again(), warm_beside_cold(), memory_of_many()]
