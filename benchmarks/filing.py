"""Saving a section while others save theirs, beside the least that a database must do for it."""

import itertools
import json
from collections.abc import Callable
from statistics import quantiles
from time import perf_counter

from django.db import connection
from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.long_review import begun
from benchmarks.table import Case, at_most, for_orientation, interleaved
from reviews import actions
from reviews.choices import Letter, SectionState
from reviews.models import Review

ROUNDS = 300
# A narrative of a page and a half.
TEXT = "\n\n".join("What was ordered that day, by whom, and what was there. " * 8 for _ in range(6))
BARE = """
    WITH saved AS (
        UPDATE reviews_section SET text = %s, version = version + 1, edited_at = now(),
            edited_by_id = %s
        WHERE review_id = %s AND letter = %s RETURNING id, version
    )
    INSERT INTO audit_event (at, verb, actor_id, actor_name, agency_id, target_type, target_id,
        target_ref, target_agency_id, data)
    SELECT clock_timestamp(), 'review.changed', %s, '', %s, 'reviews.review', %s, 'BENCH', %s, %s
    FROM saved
"""


def measure() -> list[Case]:
    """Both sides in turn, each in a transaction of its own."""
    officer = person("BL-POLICE", Role.INVESTIGATOR)
    review = begun(officer, person("BL-POLICE", Role.AGENCY_ADMIN))
    pair = interleaved(
        _saving(review, officer), _bare(review, officer), rounds=ROUNDS, clock=perf_counter
    )
    slowest = quantiles(pair.ours, n=20)[-1]
    size = f"{len(TEXT) / 1000:.1f} kB of text"
    return [
        at_most(4, "save a section ÷ UPDATE … RETURNING + audit insert", size, pair.ratio, "×"),
        at_most(40, "save a section, p95", size, slowest, "ms"),
        for_orientation("the bare statement, p95", size, quantiles(pair.theirs, n=20)[-1], "ms"),
    ]


def _saving(review: Review, officer: User) -> Callable[[], None]:
    """Other words each time, over the version that was saved last."""
    turns = itertools.count(1)

    def save() -> None:
        turn = next(turns)
        actions.save_section(
            review_id=review.pk,
            letter=Letter.B,
            text=f"{TEXT}\n\nTurn {turn}.",
            state=SectionState.IN_PROGRESS,
            version=turn,
            by=officer,
            at=timezone.now(),
        )

    return save


def _bare(review: Review, officer: User) -> Callable[[], None]:
    """One statement on another section of the same review, in the same rights."""
    turns = itertools.count(1)
    data: str = json.dumps({"section": "C", "deed": "changed", "before": {"text": TEXT}})
    whose: list[str | int] = [officer.pk, officer.agency_id, review.pk, review.agency_id, data]

    def save() -> None:
        with acting(officer), connection.cursor() as cursor:
            text = f"{TEXT}\n\nTurn {next(turns)}."
            cursor.execute(BARE, [text, officer.pk, review.pk, Letter.C.value, *whose])

    return save
