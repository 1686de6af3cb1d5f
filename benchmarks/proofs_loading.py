"""The worker dies in the middle of a list; another one goes on. Nothing is lost, nothing twice."""

from collections.abc import Callable
from functools import partial

from django.core.files.base import File
from django.db.models import Count
from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.table import Proof
from incidents import actions, selectors
from incidents.choices.files import ImportState
from incidents.management.commands.load_sample_incidents import ANSWERS, SAMPLE
from incidents.models import Import, Incident
from tests.browser.product import Product

ROWS = 6_416
KILLS = 3
PATIENCE = 300


def killed_in_a_list(
    product: Product, seconds_until: Callable[[Callable[[], bool], float], float]
) -> Proof:
    """Kill the worker some times while it stores; what is there in the end is each row once."""
    by = person("KP-POLICE", Role.INVESTIGATOR)
    batch = _checked(by, seconds_until)
    actions.store_import(import_id=batch.pk, by=by, at=timezone.now())
    for kill in range(1, KILLS + 1):
        seconds_until(partial(_is_past, kill * ROWS // (KILLS + 2), by, batch), PATIENCE)
        product.kill("worker")
        product.launch_worker()
    took = seconds_until(lambda: _now(by, batch).state == ImportState.DONE, PATIENCE)
    stored, twice = _stored(by)
    figure = f"{stored:,} of {ROWS:,} rows, {twice} twice, {took:.0f} s after the last"
    return Proof(
        f"the worker is killed {KILLS} times in the middle of a list",
        figure,
        took < PATIENCE and stored == ROWS and not twice,
    )


def _checked(by: User, seconds_until: Callable[[Callable[[], bool], float], float]) -> Import:
    at = timezone.now()
    with SAMPLE.open("rb") as opened:
        batch = actions.receive_import(
            file=File(opened, name=SAMPLE.name),
            name=SAMPLE.name,
            tlp="CLEAR",
            classification="UNMARKED",
            by=by,
            at=at,
        )
    actions.answer_places(import_id=batch.pk, answers=ANSWERS, by=by, at=at)
    actions.check_import(import_id=batch.pk, by=by, at=at)
    seconds_until(lambda: _now(by, batch).state == ImportState.CHECKED, PATIENCE)
    return batch


def _is_past(row: int, by: User, batch: Import) -> bool:
    return _now(by, batch).position > row


def _now(by: User, batch: Import) -> Import:
    with acting(by):
        return selectors.import_of(by, batch.pk)


def _stored(by: User) -> tuple[int, int]:
    """How many incidents of the list there are, and how many of its rows more than once."""
    with acting(by):
        of_list = Incident.objects.filter(origin__startswith="UCDP-GED:")
        several = of_list.values("origin").annotate(n=Count("pk")).filter(n__gt=1)
        return of_list.count(), several.count()
