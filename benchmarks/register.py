"""The incident list: what the page costs over its own SQL and a bare response.

The bare side runs the page's very statements by psycopg, fetches the rows and answers "ok" through
the same middleware, so that the ratio is what the product adds.
"""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from aar.examples.people import person
from aar.ownership import as_owner
from agencies.choices import TLP, Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.table import Case, at_most, for_orientation, interleaved
from incidents.models import CasualtyCount, Incident
from places.models import Area
from tests.signed_in import through_the_door

AT_ONCE = 5_000
SIZES = (1_000, 100_000)
ROUNDS = 300
LIST = "/incidents/"
BARE = "/bare/"

Statement = tuple[str, Any]
statements: list[Statement] = []


def bare(_request: HttpRequest) -> HttpResponse:
    """The same SQL by psycopg, and two letters."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), path("", include("aar.urls"))]


def measure() -> list[Case]:
    """Ratio at each size, and the ratio between the sizes."""
    cases: list[Case] = []
    ratios: list[float] = []
    with override_settings(ROOT_URLCONF=__name__):
        for size in SIZES:
            fill(size)
            client = Client(headers={"accept-encoding": "gzip"})
            through_the_door(client, person("BL-POLICE", Role.COMMANDER))
            statements[:] = statements_of(client)
            pair = interleaved(visit(client, LIST), visit(client, BARE), rounds=ROUNDS)
            ratios.append(pair.ratio)
            label = f"{size:,} incidents"
            cases += [
                at_most(
                    3, "incident list ÷ its SQL and a bare response, CPU", label, pair.ratio, "×"
                ),
                for_orientation("incident list, CPU", label, median(pair.ours), "ms"),
                for_orientation(
                    "its SQL and a bare response, CPU", label, median(pair.theirs), "ms"
                ),
            ]
    apart = max(ratios) / min(ratios)
    cases.append(
        at_most(1.1, "incident list, ratio at one size ÷ at the other", "both", apart, "×")
    )
    return cases


def visit(client: Client, address: str) -> Callable[[], object]:
    """A visit that must succeed."""

    def go() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return go


def statements_of(client: Client) -> list[Statement]:
    """What the page itself asks of the database: not the session, not the person."""
    client.get(LIST)  # what is kept between requests is not asked again
    asked: list[Statement] = []
    statements.clear()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        client.get(LIST)
    frame: list[Statement] = []

    def note_frame(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        frame.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note_frame):
        client.get(BARE)
    shapes = {sql for sql, _ in frame}
    return [(sql, params) for sql, params in asked if sql not in shapes]


def fill(size: int) -> None:
    """Raise the register to `size` incidents, each with two counts, spread over thirty years."""
    officer = person("BL-POLICE", Role.INVESTIGATOR)
    with acting(officer):
        have = Incident.objects.count()
    for start in range(have, size, AT_ONCE):
        with acting(officer):
            _fill(start, min(size, start + AT_ONCE), officer)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _fill(begins: int, ends: int, officer: User) -> None:
    districts = list(Area.objects.districts().order_by("pk"))
    now = timezone.now()
    first = date(1995, 1, 1)
    incidents = Incident.objects.bulk_create(
        [
            Incident(
                agency_id=officer.agency_id,
                tlp=TLP.GREEN if number % 2 else TLP.AMBER,
                reference=f"INC-BENCH-{number:06d}",
                title=f"Explosion beside the market gate, number {number}",
                on_date=first + timedelta(days=number % 11_000),
                sort_date=first + timedelta(days=number % 11_000),
                district=districts[number % len(districts)],
                attack_type="3",
                target_type="14",
                recorded_at=now,
                recorded_by=officer,
            )
            for number in range(begins, ends)
        ]
    )
    CasualtyCount.objects.bulk_create(
        [
            CasualtyCount(
                incident=incident,
                state=state,
                best=incident.pk % 40,
                as_of=incident.on_date,
                recorded_at=now,
                recorded_by=officer,
            )
            for incident in incidents
            for state in ("killed", "injured")
        ]
    )
