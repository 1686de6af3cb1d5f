"""Example reviews of two incidents, written from published reports through the same actions."""

import json
from collections.abc import Callable
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
from reviews.choices import WRITTEN_LETTERS, Letter, MemberRole, SectionState
from reviews.models import (
    FailureCategory,
    Finding,
    NationalPlanPoint,
    RecommendationCategory,
    Review,
)

DATA = Path(__file__).parent / "data" / "reviews"
Json = dict[str, Any]
# Where the file keeps the lines of section B, by the noun of their action.
LINES = {
    "plan": "plans",
    "alert": "alerts",
    "occasion": "occasions",
    "deployment": "resources",
    "decision": "decisions",
}


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
    # An investigator of another agency: outside the chain that is reviewed.
    other = next(each for each in ("KP-POLICE", "BL-POLICE") if each != told["agency"])
    actions.add_member(
        review_id=review.pk,
        user=person(other, Role.INVESTIGATOR),
        role=MemberRole.FACILITATOR,
        in_chain=False,
        by=by,
        at=at,
    )
    _write_story(told, review, by=by, at=at)
    findings = _write_findings(told, review, by=by, at=at)
    _write_grounds(told, review, findings, by=by, at=at)
    _write_recommendations(told, review, findings, by=by, at=at)
    _write_lines(told, review, by=by, at=at)
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
    for noun in ("plan", "alert", "occasion", "deployment", "decision"):
        deed = getattr(actions, f"add_{noun}")
        for line in told[LINES[noun]]:
            deed(**_graded(line), **common)
    actions.add_adversary(**told["adversary"], **common)
    for role in told["roles"]:
        dated: Json = {"status_date": date.fromisoformat(role["status_date"])}
        actions.add_role(**(_graded(role) | dated), **common)
    for row in told["timeline"]:
        day = {"on_date": date.fromisoformat(row["on_date"]), "precision": Precision.DAY}
        entry = actions.add_entry(**(_graded(row) | day), **common)
        for account in row["accounts"]:
            actions.add_account(entry_id=entry.pk, **_graded(account), **common)


def _write_findings(told: Json, review: Review, *, by: User, at: datetime) -> list[Finding]:
    categories = FailureCategory.objects.in_bulk(field_name="code")
    found = []
    for row in told["findings"]:
        said = {name: each for name, each in _graded(row).items() if name != "bodies"}
        coded = {
            "category": categories[row["category"]],
            "other_categories": [categories[code] for code in row.get("other_categories", ())],
        }
        found.append(actions.add_finding(review_id=review.pk, by=by, at=at, **(said | coded)))
    return found


def _write_grounds(
    told: Json, review: Review, findings: list[Finding], *, by: User, at: datetime
) -> None:
    """The bodies under the findings, what led to what, and how capabilities worked."""
    common: Json = {"review_id": review.pk, "by": by, "at": at}
    for finding, row in zip(findings, told["findings"], strict=True):
        for body in row.get("bodies", ()):
            code = body.get("agency")
            who = {"agency": Agency.objects.get(code=code)} if code else {}
            actions.add_finding_body(finding=finding, **(body | who), **common)
    for row in told.get("causes", ()):
        ends = {end: findings[row[end] - 1] for end in ("cause", "effect")}
        actions.add_cause_link(**(row | ends), **common)
    for row in told.get("ratings", ()):
        explains = {"findings": [findings[number - 1] for number in row["findings"]]}
        actions.add_rating(**(row | explains), **common)


def _write_recommendations(
    told: Json, review: Review, findings: list[Finding], *, by: User, at: datetime
) -> None:
    categories = RecommendationCategory.objects.in_bulk(field_name="code")
    points = NationalPlanPoint.objects.in_bulk(field_name="code")
    today = timezone.localdate(at)
    for row in told["recommendations"]:
        kind = categories[row["category"]]
        actions.add_recommendation(
            review_id=review.pk,
            by=by,
            at=at,
            text=row["text"],
            category=kind,
            elements=[kind.crosswalk["poete"]],
            plan_points=[points[f"2014-{each}"] for each in kind.crosswalk.get("nap2014", [])],
            owner_post=row["owner_post"],
            owner_agency=Agency.objects.get(code=row["owner_agency"]),
            due_date=today + timedelta(days=row["due_days"]),
            closure_criterion=row["closure_criterion"],
            findings=[findings[number - 1] for number in row["findings"]],
        )


# Where the file keeps the lines of sections A, G and H, and the deed that adds one.
SMALL_LINES: dict[str, Callable[..., Any]] = {
    "bodies": actions.add_participant,
    "exclusions": actions.add_exclusion,
    "sources_heard": actions.add_source_heard,
    "care": actions.add_care,
    "justice": actions.add_justice,
}


def _write_lines(told: Json, review: Review, *, by: User, at: datetime) -> None:
    """Who was named, what was left out, what is known of families and of the case."""
    for name, add in SMALL_LINES.items():
        for row in told[name]:
            said: Json = dict(row)
            if "agency" in said:
                said["agency"] = Agency.objects.get(code=said["agency"])
            if "on_date" in said:
                said["on_date"] = date.fromisoformat(said["on_date"])
            add(review_id=review.pk, by=by, at=at, **said)


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
