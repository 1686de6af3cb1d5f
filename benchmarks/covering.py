"""Whether every incident is reviewed, asked of a hundred thousand incidents.

The page as a commander opens it, with every fifth incident reviewed: a year of the register, and
thirty years of it at once. Then one run of the machine that reminds. Times on the wall clock.
"""

from datetime import timedelta
from functools import partial
from statistics import quantiles

from django.db import connection
from django.test import Client
from django.utils import timezone

from aar.examples.people import person
from aar.ownership import as_owner
from agencies.choices import Role
from benchmarks.crowd import gather
from benchmarks.register import visit
from benchmarks.table import Case, at_most, for_orientation, wall_ms
from reviews.tasks import MOST_A_RUN, remind_at
from tests.signed_in import through_the_door

SIZE, ROUNDS = 100_000, 30
PAGE = "/reviews/coverage/"
# The crowd's last day is in February 2025.
YEAR, ALL = "since=2024-02-15&until=2025-02-13", "since=1995-01-01&until=2025-12-31"
REVIEWS = """
    INSERT INTO reviews_review (incident_id, agency_id, tlp, classification, caveats, is_example,
        reference, tier, state, lead_id, scope, participants, language, opened_at, due_at,
        submitted_at, approved_at, approved_by_id, published_at, published_by_id, deferred_reason,
        lock_version, amend_reason, copied)
    SELECT i.id, i.agency_id, i.tlp, i.classification, '{}', false, 'AAR-CROWD-' || i.id,
        'T2', CASE WHEN i.id %% 3 = 0 THEN 'DRAFT' ELSE 'PUBLISHED' END, %(lead)s, '', '', 'en',
        day, day + interval '30 days',
        CASE WHEN i.id %% 3 > 0 THEN day + passed END,
        CASE WHEN i.id %% 3 > 0 THEN day + passed END,
        CASE WHEN i.id %% 3 > 0 THEN %(judge)s END,
        CASE WHEN i.id %% 3 > 0 THEN day + passed END,
        CASE WHEN i.id %% 3 > 0 THEN %(judge)s END, '', 1, '', '{}'
    FROM (SELECT *, sort_date::timestamptz AS day, id %% 97 * interval '1 day' AS passed
        FROM incidents_incident) i
    WHERE i.id %% 5 = 0 AND NOT EXISTS (SELECT FROM reviews_review r WHERE r.incident_id = i.id)
"""


def measure() -> list[Case]:
    """The page of a year and of all years, and a run of the reminders."""
    gather(0, SIZE)
    commander = person("BL-POLICE", Role.COMMANDER)
    _review(person("BL-POLICE", Role.INVESTIGATOR).pk, commander.pk)
    client = Client(headers={"accept-encoding": "gzip"})
    through_the_door(client, commander)
    label = f"{SIZE:,} incidents"
    year, every = (_p95(client, f"{PAGE}?{asked}") for asked in (YEAR, ALL))
    return [
        at_most(300, "coverage of a year, p95", label, year, "ms"),
        for_orientation("coverage of thirty years at once, p95", label, every, "ms"),
        for_orientation(f"a run of {MOST_A_RUN} reminders", label, _reminded(), "ms"),
    ]


def _review(lead: int, judge: int) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aar.inside', 'yes', false)")
        cursor.execute("ALTER TABLE reviews_review DISABLE TRIGGER USER")
        cursor.execute(REVIEWS, {"lead": lead, "judge": judge})
        cursor.execute("ALTER TABLE reviews_review ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")


def _p95(client: Client, address: str) -> float:
    go = visit(client, address)
    go()
    return quantiles([wall_ms(go) for _round in range(ROUNDS)], n=20)[-1]


def _reminded() -> float:
    return wall_ms(partial(remind_at, timezone.now() - timedelta(days=700)))
