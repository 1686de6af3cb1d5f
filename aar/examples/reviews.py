"""Example reviews of two incidents, written from published reports through the same actions."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from aar.examples.people import person
from agencies.choices import TLP, Classification, Role
from agencies.lock import acting
from agencies.models import Agency, User
from incidents.choices import Precision
from incidents.models import Incident
from reviews import actions
from reviews.choices import WRITTEN_LETTERS, Letter, SectionState
from reviews.models import FailureCategory, Finding, RecommendationCategory, Review

DATA = Path(__file__).parent / "data" / "reviews"
Json = dict[str, Any]


def load(*, at: datetime) -> int:
    """Write and publish the example reviews that are not there yet; how many were new."""
    made = 0
    for path in sorted(DATA.glob("*.json")):
        told: Json = json.loads(path.read_text(encoding="utf-8"))
        by = person(told["agency"], Role.INVESTIGATOR)
        with acting(by):
            incident = Incident.objects.get(origin=f"example:{told['incident']}")
            if not Review.begun_on(incident.pk):
                _load(told, incident, by=by, at=at)
                made += 1
    return made


def _load(told: Json, incident: Incident, *, by: User, at: datetime) -> None:
    """One review from opening to publication."""
    judge = person(told["agency"], Role.COMMANDER)
    review = actions.open_review(
        incident_id=incident.pk,
        by=by,
        at=at,
        tier=told["tier"],
        tlp=TLP.CLEAR,
        classification=Classification.UNMARKED,
        caveats=[],
    )
    _write_story(told, review, by=by, at=at)
    findings = _write_findings(told, review, by=by, at=at)
    _write_recommendations(told, review, findings, by=by, at=at)
    _close_sections(told, review, by=by, at=at)
    actions.submit_review(review_id=review.pk, by=by, at=at)
    actions.approve_review(
        review_id=review.pk,
        comment="Example: approved so that its findings can be drawn upon.",
        by=judge,
        at=at,
    )
    actions.publish_review(review_id=review.pk, by=judge, at=at)


def _graded(row: Json) -> Json:
    grade = row.get("grade", "")
    plain = {name: value for name, value in row.items() if name not in ("grade", "accounts")}
    return plain | {"reliability": grade[:1], "credibility": grade[1:]}


def _write_story(told: Json, review: Review, *, by: User, at: datetime) -> None:
    common: Json = {"review_id": review.pk, "by": by, "at": at}
    for measure in told["measures"]:
        actions.add_measure(**measure, **common)
    for role in told["roles"]:
        actions.add_role(**role, **common)
    for row in told["timeline"]:
        day = {"on_date": date.fromisoformat(row["on_date"]), "precision": Precision.DAY}
        entry = actions.add_entry(**(_graded(row) | day), **common)
        for account in row["accounts"]:
            actions.add_account(entry_id=entry.pk, **_graded(account), **common)


def _write_findings(told: Json, review: Review, *, by: User, at: datetime) -> list[Finding]:
    categories = FailureCategory.objects.in_bulk(field_name="code")
    return [
        actions.add_finding(
            review_id=review.pk,
            by=by,
            at=at,
            **(_graded(row) | {"category": categories[row["category"]]}),
        )
        for row in told["findings"]
    ]


def _write_recommendations(
    told: Json, review: Review, findings: list[Finding], *, by: User, at: datetime
) -> None:
    categories = RecommendationCategory.objects.in_bulk(field_name="code")
    today = timezone.localdate(at)
    for row in told["recommendations"]:
        actions.add_recommendation(
            review_id=review.pk,
            by=by,
            at=at,
            text=row["text"],
            category=categories[row["category"]],
            owner_post=row["owner_post"],
            owner_agency=Agency.objects.get(code=row["owner_agency"]),
            due_date=today + timedelta(days=row["due_days"]),
            closure_criterion=row["closure_criterion"],
            findings=[findings[number - 1] for number in row["findings"]],
        )


def _close_sections(told: Json, review: Review, *, by: User, at: datetime) -> None:
    complete = SectionState.COMPLETE
    actions.save_header(
        review_id=review.pk,
        tier=told["tier"],
        scope=told["scope"],
        participants=told["participants"],
        state=complete,
        version=review.lock_version,
        by=by,
        at=at,
    )
    for letter in WRITTEN_LETTERS:
        if letter != Letter.A:
            actions.save_section(
                review_id=review.pk,
                letter=letter,
                text=told["texts"][letter],
                state=complete,
                version=1,
                by=by,
                at=at,
            )
