"""Loads the categories that ship with the product; what the field edited since is left alone."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from audit.choices import Verb
from audit.record import loaded_before, record
from core.datafile import fingerprint, read_json
from reviews.models import FailureCategory, NationalPlanPoint, RecommendationCategory

DATA = Path(__file__).parent / "data"
FAILURES = DATA / "failure_categories.json"
RECOMMENDATIONS = DATA / "recommendation_categories.json"
PLAN_POINTS = DATA / "national_plan_points.json"


@transaction.atomic
def load(*, at: datetime) -> int:
    """Add the categories that are missing; how many, 0 if the same files were loaded before."""
    shipped = fingerprint(FAILURES, RECOMMENDATIONS, PLAN_POINTS)
    if loaded_before(FailureCategory, shipped):
        return 0
    added = _failures() + _recommendations() + _plan_points()
    record(
        Verb.REFERENCE_LOADED,
        by=None,
        target=FailureCategory,
        at=at,
        fingerprint=shipped,
        added=added,
    )
    return added


def _failures() -> int:
    rows: list[dict[str, Any]] = read_json(FAILURES)
    stages = [row for row in rows if "parent" not in row]
    held = set(FailureCategory.objects.values_list("code", flat=True))
    made = FailureCategory.objects.bulk_create(
        FailureCategory(**row) for row in stages if row["code"] not in held
    )
    by_code = FailureCategory.objects.in_bulk(field_name="code")
    ways = [row for row in rows if "parent" in row and row["code"] not in held]
    made += FailureCategory.objects.bulk_create(
        FailureCategory(**{**row, "parent": by_code[row["parent"]]}) for row in ways
    )
    _put_into_urdu(rows, list(by_code.values()))
    return len(made)


def _put_into_urdu(rows: list[dict[str, Any]], held: list[FailureCategory]) -> None:
    """The Urdu that came later, for a category that is still called what the file calls it."""
    urdu = {(row["code"], row["label_en"]): row["label_ur"] for row in rows}
    bare = [each for each in held if not each.label_ur and urdu.get((each.code, each.label_en))]
    for each in bare:
        each.label_ur = urdu[each.code, each.label_en]
    FailureCategory.objects.bulk_update(bare, ["label_ur"])


def _recommendations() -> int:
    held = set(RecommendationCategory.objects.values_list("code", flat=True))
    rows: list[dict[str, Any]] = read_json(RECOMMENDATIONS)
    return len(
        RecommendationCategory.objects.bulk_create(
            RecommendationCategory(**row) for row in rows if row["code"] not in held
        )
    )


def _plan_points() -> int:
    held = set(NationalPlanPoint.objects.values_list("code", flat=True))
    rows: list[dict[str, Any]] = read_json(PLAN_POINTS)
    return len(
        NationalPlanPoint.objects.bulk_create(
            NationalPlanPoint(**row) for row in rows if row["code"] not in held
        )
    )
