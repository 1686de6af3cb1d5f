"""The record of deeds: what it adds to a write, how fast it is sealed and verified."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter
from unittest.mock import patch

from django.db import connection
from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from audit.models import Event
from audit.sealing.making import seal_events
from audit.sealing.verifying import verify
from benchmarks.table import Case, Pair, at_least, at_most, for_orientation, wall_ms
from incidents import actions
from incidents.actions import incidents as incident_actions
from incidents.details import IncidentDetails, When
from incidents.models import Incident
from places.models import Area

TURNS = 60
WRITES_A_TURN = 5
EVENTS = 300_000
# Events as the register makes them: a row of thirty columns now and then, mostly a few of them.
FILL = """
    INSERT INTO audit_event (at, verb, actor_id, actor_name, agency_id, target_type, target_id,
        target_ref, target_agency_id, data)
    SELECT clock_timestamp(), 'row.changed', n %% 500, '', n %% 40, 'incidents.incident', n,
        'INC-BENCH-' || n, n %% 40, jsonb_build_object(
            'before', jsonb_build_object('title', 'Explosion beside the market gate ' || n,
                'lock_version', n, 'summary', repeat('What was said before. ', 5)),
            'after', jsonb_build_object('title', 'Explosion beside the old gate ' || n,
                'lock_version', n + 1, 'summary', repeat('What is said now. ', 5)))
    FROM generate_series(1, %s) n
"""


def measure() -> list[Case]:
    """A write with and without; then events by the hundred thousand."""
    return [*_writes(), *_seals()]


def _writes() -> list[Case]:
    """The action that changes an incident, with its event and the capture, and without both.

    Turn by turn, some writes a side: switching the capture makes PostgreSQL plan anew, so the first
    write of each side is not counted.
    """
    change = _changer()
    pair = Pair([], [])
    for _turn in range(TURNS):
        _capture("ENABLE")
        pair.ours.append(_median_ms(change))
        _capture("DISABLE")
        with patch.object(incident_actions, "record"):
            pair.theirs.append(_median_ms(change))
    _capture("ENABLE")
    return [
        at_most(1.5, "a write with audit ÷ without", "one incident", pair.ratio, "×"),
        for_orientation("a write with audit", "one incident", median(pair.ours), "ms"),
        for_orientation("a write without", "one incident", median(pair.theirs), "ms"),
    ]


def _capture(deed: str) -> None:
    """Switch the capture of the register's changes."""
    with connection.cursor() as cursor:
        for trigger in ("audit_added", "audit_changed", "audit_removed"):
            cursor.execute(f"ALTER TABLE incidents_incident {deed} TRIGGER {trigger}")


def _median_ms(change: Callable[[], None]) -> float:
    """The middle one: the database works in another process, so the clock is the wall's."""
    change()
    return median(wall_ms(change) for _ in range(WRITES_A_TURN))


def _changer() -> Callable[[], None]:
    """Changes the title of one incident, another title each time."""
    officer = person("BL-POLICE", Role.INVESTIGATOR)
    district = Area.objects.districts().select_related("province").order_by("pk")[0]
    now = timezone.now()
    details = IncidentDetails(
        title="Measured",
        when=When(on_date=timezone.localdate(now)),
        province=district.province or district,
        district=district,
    )
    incident = actions.record_incident(
        details=details, report=None, origin="measured", by=officer, at=now
    )
    turns = itertools.count()

    def change() -> None:
        version = Incident.objects.values_list("lock_version", flat=True).get(pk=incident.pk)
        actions.change_incident(
            incident_id=incident.pk,
            details=replace(details, title=f"Measured, turn {next(turns)}"),
            lock_version=version,
            by=officer,
            at=timezone.now(),
        )

    return change


def _seals() -> list[Case]:
    """Seal all that is there, then as many again; verify the whole."""
    seal_events()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [EVENTS])
        cursor.execute("VACUUM ANALYZE audit_event")
    label = f"{EVENTS:,} events"
    begun = perf_counter()
    seal_events()
    sealed = EVENTS / (perf_counter() - begun)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE audit_leaf")
    begun = perf_counter()
    verdict = verify(report=_refuse)
    verified = verdict.events / (perf_counter() - begun)
    if verdict.events != Event.everything.count():
        raise RuntimeError("The measured record was not read whole.")
    return [
        at_least(50_000, "sealing", label, sealed, "a s"),
        at_least(100_000, "verifying", label, verified, "a s"),
    ]


def _refuse(finding: object) -> None:
    raise RuntimeError(f"The measured record is not sound: {finding}")
