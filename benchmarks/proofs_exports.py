"""The worker dies while it makes a file of documents; another goes on. Every document once."""

from collections.abc import Callable
from functools import partial

from django.core.files.storage import default_storage
from django.db.models import Count
from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from audit.choices import Verb
from audit.models import Event
from benchmarks.table import Proof
from bulletins.actions.exports import ask_export
from bulletins.choices import ExportState, ExportSubject
from bulletins.exporting.verifying import faults_of
from bulletins.inputs import ExportWish
from bulletins.models import Export
from bulletins.selectors.exports import progress_of
from tests.browser.product import Product

KILLS = 3
PATIENCE = 600


def killed_in_an_export(
    product: Product, seconds_until: Callable[[Callable[[], bool], float], float]
) -> Proof:
    """Kill the worker some times in the middle; at the end each document is there once."""
    by = person("BL-POLICE", Role.RELEASE_OFFICER)
    wish = ExportWish(ExportSubject.INCIDENTS, language="ur")
    export = ask_export(wish=wish, by=by, at=timezone.now())
    with acting(by):
        total = export.items.count()
    for kill in range(1, KILLS + 1):
        seconds_until(partial(_has, kill * total // (KILLS + 2), by, export), PATIENCE)
        product.kill("worker")
        product.launch_worker()
    took = seconds_until(lambda: _now(by, export).state == ExportState.DONE, PATIENCE)
    return _judged(export, by, total, took)


def _judged(export: Export, by: User, total: int, took: float) -> Proof:
    now = _now(by, export)
    with acting(by):
        made = progress_of(export).made
        distinct = export.items.values("document").distinct().count()
        ours = list(export.items.values_list("brief", flat=True))
        finished = Event.objects.filter(
            verb=Verb.RENDERING_FINISHED, target_type="bulletins.brief", target_id__in=ours
        )
        twice = finished.values("target_id").annotate(n=Count("pk")).filter(n__gt=1).count()
    faults = ["no file"]
    if now.path:
        with default_storage.open(now.path) as file:
            faults = faults_of(file)
    figure = (
        f"{made} of {total} documents, {distinct} distinct, {twice} rendered twice,"
        f" {len(faults)} faults, {took:.0f} s after the last"
    )
    whole = made == total == distinct and not twice and not faults
    return Proof(
        f"the worker is killed {KILLS} times while it makes a file of documents",
        figure,
        took < PATIENCE and whole,
    )


def _has(many: int, by: User, export: Export) -> bool:
    with acting(by):
        return progress_of(export).made >= many


def _now(by: User, export: Export) -> Export:
    with acting(by):
        return Export.objects.visible_to(by).get(pk=export.pk)
