"""Example incidents from published reports, through the same actions that people use.

The files keep every figure with its outlet, address and date. Names of suspects, victims and
officials are not in them.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from aar.examples.people import person
from agencies.choices import TLP, Classification, Role
from agencies.lock import acting
from agencies.models import User
from incidents import actions
from incidents.choices import Basis, CasualtyGroup, CasualtyState, FactTopic, Precision
from incidents.details import Account, CountReport, Figure, IncidentDetails, SourceDetails, When
from incidents.models import Incident
from places.choices import Level
from places.models import Area

DATA = Path(__file__).parent / "data" / "incidents"
Json = dict[str, Any]

TOPICS = {
    "recurrence": FactTopic.BEFORE,
    "went_well": FactTopic.WENT_WELL,
    "follow-up": FactTopic.FOLLOW_UP,
    "dissent": FactTopic.COMMENT,
}


def load(*, at: datetime) -> int:
    """Record the example incidents that are not on the register yet; how many were new."""
    made = 0
    for path in sorted(DATA.glob("*.json")):
        told: Json = json.loads(path.read_text(encoding="utf-8"))
        origin = f"example:{told['id']}"
        by = person(told["coding"]["agency"], Role.INVESTIGATOR)
        with acting(by):
            if not Incident.objects.filter(origin=origin).exists():
                _load(told, origin=origin, by=by, at=at)
                made += 1
    return made


def _load(told: Json, *, origin: str, by: User, at: datetime) -> None:
    """One file: the incident and everything said about it."""
    incident = actions.record_incident(details=_details(told), origin=origin, by=by, at=at)
    common: Json = {"incident_id": incident.pk, "by": by, "at": at}
    for report in _reports(told):
        actions.add_casualty_report(report=report, **common)
    for claim in told.get("claims", []):
        said = claim | {"as_of": _day(claim["as_of"]), "source": _source(claim["source"])}
        actions.add_claim(**said, **common)
    for entry in told.get("timeline", []):
        source = _source(entry["source"])
        actions.add_log_entry(when=_entry_when(entry), text=entry["event"], source=source, **common)
    for fact in _facts(told):
        actions.add_fact(**fact, **common)
    for question in told.get("open_questions", []):
        actions.add_question(text=question, **common)
    for dispute in told.get("disputes", []):
        _load_dispute(dispute, incident, by=by, at=at)


def _load_dispute(told: Json, incident: Incident, *, by: User, at: datetime) -> None:
    accounts = [
        Account(said=each["said"], source=_source(each["source"])) for each in told["accounts"]
    ]
    dispute = actions.dispute_fact(
        incident_id=incident.pk,
        name=told["name"],
        why_differ=told["why"],
        accounts=accounts,
        by=by,
        at=at,
    )
    if resolution := told.get("settled"):
        actions.settle_dispute(
            incident_id=incident.pk, dispute_id=dispute.pk, resolution=resolution, by=by, at=at
        )


def _details(told: Json) -> IncidentDetails:
    place = told.get("place", {})
    district = _area(told["district_pcode_2022"], Level.DISTRICT)
    tehsil = place.get("tehsil_pcode_2022")
    coding = told["coding"]
    return IncidentDetails(
        title=told["title"],
        title_ur=told.get("title_ur", ""),
        summary=f"Method as reported: {'; '.join(told['method'])}.",
        when=_when(told),
        when_note=told.get("time_note", ""),
        province=district.province or district,
        district=district,
        tehsil=_area(tehsil, Level.TEHSIL) if tehsil else None,
        place_text=place.get("text", ""),
        attack_type=coding["attack_type"],
        suicide=coding["suicide"],
        delivery=coding["delivery"],
        target_type=coding["target_type"],
        target_text=_sentence("; ".join(told["target"])),
        occasion=coding["occasion"],
        agencies_on_scene="\n".join(told.get("agencies", [])),
        official_review_known=told["official_review_published"],
        tlp=TLP.CLEAR,
        classification=Classification.UNMARKED,
        is_example=True,
    )


def _area(code: str, level: Level) -> Area:
    """By scheme, version and code: a code alone is never a key."""
    return Area.objects.select_related("province").get(
        scheme="PAK-COD-AB", version="2022", code=code, level=level
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _when(told: Json) -> When:
    first, _dash, last = told["date_local"].partition("/")
    if last:
        return When(on_date=_day(first), until_date=_day(last), precision=Precision.RANGE)
    if told["time_local"] is None:
        return When(on_date=_day(first))
    return When(
        on_date=_day(first),
        at_time=time.fromisoformat(told["time_local"]),
        precision=told["precision"],
    )


def _entry_when(entry: Json) -> When:
    if entry["precision"] == "day":
        return When(on_date=_day(entry["t"]))
    moment = datetime.fromisoformat(entry["t"])
    return When(
        on_date=moment.date(),
        at_time=moment.time(),
        precision=Precision.ABOUT if entry["precision"] == "about" else Precision.MINUTE,
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _source(said: Json | None) -> SourceDetails | None:
    if said is None:
        return None
    return SourceDetails(title=said["outlet"], url=said["url"], published=said["date"] or "")


def _reports(told: Json) -> Iterator[CountReport]:
    """Each published count in the order of the file."""
    for row in told["casualty_counts"]:
        as_of, as_of_text = _as_of(row["as_of"])
        yield CountReport(
            figures=(
                _figure(CasualtyState.KILLED, row["killed"]),
                _figure(CasualtyState.INJURED, row["injured"]),
            ),
            said_by=row["reported_by"],
            group=row.get("group", CasualtyGroup.VICTIMS),
            as_of=as_of,
            as_of_text=as_of_text,
            note=row["note"] or "",
            source=_source(row["source"]),
        )


def _as_of(said: str | None) -> tuple[date | None, str]:
    """`2023-09-29 (first reports)` is a day and a remark; `2024-11` is no day."""
    found = re.match(r"(\d{4}-\d\d-\d\d)\b\s*(.*)", said or "")
    if found is None:
        return None, said or ""
    return _day(found[1]), found[2].strip("()")


def _figure(state: CasualtyState, said: int | str | None) -> Figure:
    """`50+` is a floor, `5-12` a range, a number the best figure."""
    if said is None or isinstance(said, int):
        return Figure(state=state, best=said)
    if said.endswith("+"):
        return Figure(state=state, low=int(said.removesuffix("+")))
    low, high = said.split("-")
    return Figure(state=state, low=int(low), high=int(high))


def _facts(told: Json) -> Iterator[Json]:
    """Single facts, shortcomings, what was done, earlier attacks at the same place."""
    for fact in told.get("facts", []):
        topic = TOPICS.get(fact["topic"], fact["topic"])
        yield {"topic": topic, "text": fact["fact"], "source": _source(fact["source"])}
    for past in told.get("same_site_history", []):
        first, *others = past["sources"]
        also = f" Also: {'; '.join(each['outlet'] for each in others)}." if others else ""
        text = f"{past['date']}: {past['text']}.{also}"
        yield {"topic": FactTopic.BEFORE, "text": text, "source": _source(first)}
    for failure in [*told.get("reported_shortcomings", []), *told.get("reported_failures", [])]:
        yield {
            "topic": FactTopic.SHORTCOMING,
            "text": failure["text"],
            "basis": _basis(failure.get("basis", "")),
            "source": _source(failure["source"]),
        }
    for deed in told.get("actions", []):
        status = f" ({deed['status']})" if deed.get("status") else ""
        yield {
            "topic": deed.get("topic", FactTopic.FOLLOW_UP),
            "text": f"{deed['text']}{status}",
            "source": _source(deed["source"]),
        }


def _basis(said: str) -> Basis:
    if said.startswith("inference"):
        return Basis.INFERENCE
    return Basis.OPINION if said == "opinion" else Basis.REPORTED
