"""Single facts about an incident: sources, claims, what is known, what is not."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import rules
from incidents.actions._incident import fetch_for_change, next_position, source_of
from incidents.choices import Basis, ClaimKind
from incidents.details import SourceDetails, When
from incidents.models import Claim, Fact, LogEntry, OpenQuestion, Source


class NothingSaid(RuleBroken):
    """An empty fact says nothing."""


def _require(text: str) -> str:
    said = text.strip()
    if not said:
        raise NothingSaid(_("Say what is to be kept."))
    return said


@deed
def add_source(*, incident_id: int, source: SourceDetails, by: User, at: datetime) -> Source:
    """Name a page, paper or person that says something about the incident."""
    incident = fetch_for_change(incident_id, by)
    before = incident.sources.count()
    stored = source_of(incident, source)
    if stored is None:
        raise NothingSaid(_("Name the source."))
    if incident.sources.count() > before:
        record(Verb.SOURCE_ADDED, by=by, target=incident, at=at, source=stored.title)
    return stored


@deed
def add_claim(
    *,
    incident_id: int,
    kind: str,
    by: User,
    at: datetime,
    who: str = "",
    what: str = "",
    as_of: date | None = None,
    note: str = "",
    source: SourceDetails | None = None,
) -> Claim:
    """Keep what was said about who did it: a claim, a denial, an allegation. Not a finding."""
    incident = fetch_for_change(incident_id, by)
    if kind != ClaimKind.NO_CLAIM:
        _require(who)
    claim, is_new = Claim.objects.get_or_create(
        incident=incident,
        kind=kind,
        who=who.strip(),
        what=what.strip(),
        as_of=as_of,
        source=source_of(incident, source),
        defaults={"note": note},
    )
    if is_new:
        record(Verb.CLAIM_ADDED, by=by, target=incident, at=at, kind=kind)
    return claim


@deed
def add_fact(
    *,
    incident_id: int,
    topic: str,
    text: str,
    by: User,
    at: datetime,
    basis: str = Basis.REPORTED,
    source: SourceDetails | None = None,
) -> Fact:
    """Keep one thing reported about the incident, and what it rests on."""
    incident = fetch_for_change(incident_id, by)
    fact, is_new = Fact.objects.get_or_create(
        incident=incident,
        topic=topic,
        text=_require(text),
        source=source_of(incident, source),
        defaults={"basis": basis, "position": next_position(incident.facts.all())},
    )
    if is_new:
        record(Verb.FACT_ADDED, by=by, target=incident, at=at, kind=topic)
    return fact


@deed
def add_log_entry(
    *,
    incident_id: int,
    when: When,
    text: str,
    by: User,
    at: datetime,
    source: SourceDetails | None = None,
) -> LogEntry:
    """Keep one reported deed, at the moment it is known to."""
    incident = fetch_for_change(incident_id, by)
    rules.refuse(rules.broken_by_when(when, at=at))
    entry, is_new = LogEntry.objects.get_or_create(
        incident=incident,
        text=_require(text),
        **when.columns(),
        defaults={
            "source": source_of(incident, source),
            "position": next_position(incident.log.all()),
        },
    )
    if is_new:
        record(Verb.FACT_ADDED, by=by, target=incident, at=at, kind="LOG")
    return entry


@deed
def add_question(*, incident_id: int, text: str, by: User, at: datetime) -> OpenQuestion:
    """Say what is not known and should be."""
    incident = fetch_for_change(incident_id, by)
    question, is_new = OpenQuestion.objects.get_or_create(
        incident=incident,
        text=_require(text),
        defaults={"position": next_position(incident.open_questions.all())},
    )
    if is_new:
        record(Verb.FACT_ADDED, by=by, target=incident, at=at, kind="OPEN_QUESTION")
    return question
