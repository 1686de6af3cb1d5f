"""Breaks the running product on purpose, and sees whether it stands."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone
from redis import Redis

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting, machine
from benchmarks.proofs_exports import killed_in_an_export
from benchmarks.proofs_loading import killed_in_a_list
from benchmarks.table import Proof
from bulletins.actions.bulletins import compose_bulletin, issue_bulletin
from bulletins.choices import RenderingState
from bulletins.inputs import BulletinText
from bulletins.models import Rendering
from lessons.models import Lesson
from tests.browser.product import Product


def issue(title: str) -> Rendering:
    """Issue a bulletin as two people do; the rendering that this owes."""
    writer = person("BL-POLICE", Role.AGENCY_ADMIN)
    officer = person("BL-POLICE", Role.RELEASE_OFFICER)
    now = timezone.now()
    text = BulletinText(
        title=title, bottom_line="One sentence.", audience="Whoever proves", tlp="GREEN"
    )
    with acting(officer):
        lessons = list(Lesson.objects.visible_to(officer).endorsed().values_list("pk", flat=True))
        draft = compose_bulletin(text=text, lesson_ids=lessons, by=writer, at=now)
        issue_bulletin(bulletin_id=draft.pk, by=officer, at=now)
        return Rendering.objects.get(bulletin=draft)


def seconds_until(condition: Callable[[], bool], patience: float) -> float:
    """Seconds until it is so; `inf` when patience ran out."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        if condition():
            return time.monotonic() - begun
        time.sleep(0.1)
    return float("inf")


def state(rendering: Rendering) -> str:
    """What the database says now."""
    with machine():
        return Rendering.objects.values_list("state", flat=True).get(pk=rendering.pk)


def done(rendering: Rendering) -> bool:
    """Whether the PDF is there."""
    return state(rendering) == RenderingState.DONE


def lost_messages(product: Product) -> Proof:
    """The broker forgets everything between the click and the worker."""
    product.kill("worker")
    rendering = issue("Proof: the broker forgets")
    with broker() as client:
        client.flushall()
    product.launch_worker()
    return _finished("the broker loses every message before the worker hears it", rendering, 90)


def absent_broker() -> Proof:
    """Nobody answers at the broker's address while the bulletin is issued."""
    done_apart = subprocess.run(
        [sys.executable, "-m", "benchmarks.prove", "issue-alone"],
        env=os.environ | {"REDIS_URL": "redis://127.0.0.1:1/0"},
        capture_output=True,
        text=True,
        check=True,
    )
    number, waited = done_apart.stdout.split()[-2:]
    with machine():
        rendering = Rendering.objects.get(pk=int(number))
    proof = _finished("the broker is away while a bulletin is issued", rendering, 90)
    figure = f"issued in {float(waited):.1f} s, {proof.figure}"
    return Proof(proof.name, figure, proof.holds and float(waited) < 10)


def issue_alone() -> None:
    """The other process of `absent_broker`: issue, and say which rendering and how long it took."""
    begun = time.monotonic()
    rendering = issue("Proof: no broker")
    print(rendering.pk, time.monotonic() - begun)


def broker() -> Redis:
    """A client of the broker itself."""
    address = settings.REDIS_URL.replace("redis+socket://", "unix://")
    return Redis.from_url(address.replace("virtual_host", "db"))


def killed_worker(product: Product) -> Proof:
    """The whole worker dies in the middle of a rendering; another one is started."""
    rendering = issue("Proof: the worker dies")
    seconds_until(lambda: state(rendering) == RenderingState.RENDERING, 30)
    product.kill("worker")
    caught = state(rendering) == RenderingState.RENDERING
    product.launch_worker()
    proof = _finished("the worker is killed in the middle of a rendering", rendering, 420)
    return Proof(proof.name, proof.figure, proof.holds and caught)


def _finished(name: str, rendering: Rendering, patience: float) -> Proof:
    took = seconds_until(lambda: done(rendering), patience)
    return Proof(name, f"PDF after {took:.1f} s", took < patience)


def prove() -> list[Proof]:
    """Every proof, one after the other, on one running product."""
    product = Product(settings.DATA_DIR)
    product.environment = dict(os.environ)
    product.launch_worker()
    product.launch_beat()
    try:
        return [
            lost_messages(product),
            absent_broker(),
            killed_worker(product),
            killed_in_an_export(product, seconds_until),
            killed_in_a_list(product, seconds_until),
        ]
    finally:
        product.stop()
