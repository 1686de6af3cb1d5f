"""Whether a record that may not be seen takes as long to be denied as one that is not there."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.test import Client
from django.urls import reverse

from aar.examples.people import person
from agencies.choices import TLP, Role
from agencies.lock import acting
from benchmarks.register import fill
from benchmarks.table import Case, at_most, for_orientation, interleaved
from incidents.models import Incident
from tests.signed_in import through_the_door

SIZE = 1_000
ROUNDS = 200
NOWHERE, NOWHERE_ELSE = 987_654_321, 987_654_322
PAGES = ("incidents:incident_detail", "incidents:incident_change", "incident-detail")


def measure() -> list[Case]:
    """Unseen ÷ absent on the clock at the wall; beside it, absent ÷ absent, which is the noise."""
    fill(SIZE)
    with acting(person("BL-POLICE", Role.INVESTIGATOR)):
        unseen = Incident.objects.filter(tlp=TLP.AMBER, reference__startswith="INC-BENCH").order_by(
            "-pk"
        )[0]
    logging.getLogger("django.request").setLevel(logging.ERROR)  # each denial would be a line
    client = Client()
    through_the_door(client, person("SD-POLICE", Role.COMMANDER))
    cases: list[Case] = []
    for page in PAGES:
        absent = _denied(client, page, NOWHERE)
        apart = _apart(_denied(client, page, unseen.pk), absent)
        noise = _apart(_denied(client, page, NOWHERE_ELSE), absent)
        cases += [
            at_most(1.1, "time of unseen and absent, the longer ÷ the shorter", page, apart, "×"),
            for_orientation("time of absent and absent, the same", page, noise, "×"),
        ]
    return cases


def _apart(one: Callable[[], object], other: Callable[[], object]) -> float:
    ratio = interleaved(one, other, rounds=ROUNDS, clock=perf_counter).ratio
    return max(ratio, 1 / ratio)


def _denied(client: Client, page: str, number: int) -> Callable[[], object]:
    address = reverse(page, args=[number])

    def go() -> None:
        status = client.get(address).status_code
        if status != 404:
            raise RuntimeError(f"{address} answered {status}")

    return go
