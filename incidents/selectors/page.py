"""All that the page of one incident shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext

from agencies.choices import WideningState
from agencies.models import Marked, User
from audit.choices import Verb
from audit.models import Event
from core import text
from incidents import policies
from incidents.choices import TIMED, FactTopic, Occasion, Precision
from incidents.loading.formats import BY_SCHEME
from incidents.models import (
    AdoptedFigure,
    Claim,
    DataRow,
    DisputedFact,
    Evidence,
    Fact,
    FactAccount,
    Incident,
    IncidentShare,
    IncidentWidening,
    LogEntry,
)
from incidents.models.imports import data_set_of
from incidents.models.moments import Moment
from incidents.occasions import suggested
from incidents.selectors.evidence import evidence_of
from incidents.selectors.particulars import (
    Replaced,
    Shown,
    particulars_of,
    replaced,
    sections,
)
from incidents.selectors.relations import Related, related
from incidents.selectors.series import Series, series
from incidents.selectors.supports import Pieces, live, pieces_by_fact
from incidents.selectors.twins import Twin, also_recorded, twins

LAST_DEEDS = 30


@dataclass(frozen=True)
class LogLine:
    """One line of what happened, its moment in words."""

    number: int
    words: str
    precise: str
    what: str
    source: str
    is_vague: bool


@dataclass(frozen=True)
class Deed:
    """One deed done to the record, by post."""

    at: Any
    words: str
    by: str


@dataclass(frozen=True)
class Published:
    """A row of a data set that the record was made from, with whom to credit."""

    row: DataRow
    data_set: str
    credit: str


@dataclass(frozen=True)
class IncidentPage:
    """The record and everything that hangs on it."""

    incident: Incident
    series: Series
    claims: list[Claim]
    disputes: list[DisputedFact]
    topics: list[tuple[str, list[Fact]]]
    log: list[LogLine]
    # What was added section by section, and what was corrected or withdrawn of it.
    sections: list[Shown]
    replaced: list[Replaced]
    questions: list[str]
    sources: list[Any]
    evidence: list[Evidence]
    # What of it supports which fact.
    supports: Pieces
    shares: list[IncidentShare]
    deeds: list[Deed]
    may: dict[str, bool]
    widenings: list[IncidentWidening]
    published: list[Published]
    # That the day may be, where none is recorded and the person may say which it was.
    occasions: list[Occasion]
    adopted: list[AdoptedFigure]
    # That may be of the same incident, where the person may say so.
    twins: list[Twin]
    also_recorded: list[Incident]
    related: Related
    # The record that this one was a second of, where the person may see it.
    stands: Incident | None

    @property
    def named(self) -> list[Marked]:
        """Whatever else is named on the page with a marking of its own."""
        others = [*self.related.named, *(twin.incident for twin in self.twins)]
        stands = [self.stands] if self.stands else []
        return [*self.evidence, *others, *self.also_recorded, *stands]


def incident_page(user: User, incident: Incident) -> IncidentPage:
    """Gather the page of an incident that `user` has been found to see."""
    may = {
        "change": policies.can_change_incident(user, incident),
        "withdraw": policies.can_withdraw_incident(user, incident),
        "settle": policies.can_settle_dispute(user, incident),
        "share": policies.can_share_incident(user, incident),
        "widen": policies.can_ask_to_widen(user, incident),
        "history": policies.can_read_history(user, incident),
    }
    counts = incident.casualty_counts.in_order().select_related("source")
    evidence = evidence_of(user, incident)
    may["attach"] = may["change"] and bool(live(evidence))
    particulars = particulars_of(incident)
    return IncidentPage(
        incident=incident,
        series=series(list(counts)),
        claims=list(incident.claims.select_related("source").order_by("id")),
        disputes=list(_disputes(incident)),
        topics=_topics(incident),
        log=[_line(entry) for entry in _log(incident)],
        sections=sections(particulars),
        replaced=replaced(particulars) if may["history"] else [],
        questions=list(
            incident.open_questions.order_by("position", "id").values_list("text", flat=True)
        ),
        sources=list(incident.sources.order_by("published", "id")),
        evidence=evidence,
        supports=pieces_by_fact(evidence),
        shares=list(_shares(incident)) if may["history"] else [],
        deeds=[*_deeds(incident), *_loading(incident)] if may["history"] else [],
        may=may,
        widenings=list(_asked(user, incident)) if may["widen"] else [],
        published=_published(incident),
        occasions=_occasions(incident) if may["change"] else [],
        adopted=_adopted(incident),
        twins=twins(user, incident) if may["withdraw"] and not incident.withdrawn_at else [],
        also_recorded=also_recorded(user, incident),
        related=related(user, incident),
        stands=_stands(user, incident),
    )


def _asked(user: User, incident: Incident) -> Any:
    """Requests to let it go further that wait for somebody."""
    asked = IncidentWidening.objects.visible_to(user).filter(record=incident)
    return asked.filter(state=WideningState.ASKED).select_related("asked_by")


def _published(incident: Incident) -> list[Published]:
    rows = incident.data_rows.order_by("-version")
    return [
        Published(
            row=row,
            data_set=data_set_of(incident.origin) or row.scheme,
            credit=BY_SCHEME[row.scheme].credit if row.scheme in BY_SCHEME else "",
        )
        for row in rows
    ]


def _adopted(incident: Incident) -> list[AdoptedFigure]:
    standing = incident.adopted_figures.standing()
    return list(standing.select_related("count__source", "adopted_by").order_by("-state"))


def _stands(user: User, incident: Incident) -> Incident | None:
    if incident.same_as_id is None:
        return None
    return Incident.objects.visible_to(user).filter(pk=incident.same_as_id).first()


def _occasions(incident: Incident) -> list[Occasion]:
    on_a_day = incident.precision in {Precision.DAY, *TIMED}
    if incident.occasion or not on_a_day or incident.on_date is None:
        return []
    return suggested(incident.on_date)


def _disputes(incident: Incident) -> Any:
    accounts = FactAccount.objects.select_related("source").order_by("position", "id")
    return (
        incident.disputes.select_related("settled_by")
        .prefetch_related(Prefetch("accounts", queryset=accounts))
        .order_by("position", "id")
    )


def _topics(incident: Incident) -> list[tuple[str, list[Fact]]]:
    facts = list(incident.facts.select_related("source").order_by("position", "id"))
    by_topic = [
        (str(topic.label), [fact for fact in facts if fact.topic == topic]) for topic in FactTopic
    ]
    return [(label, found) for label, found in by_topic if found]


def _log(incident: Incident) -> Any:
    return incident.log.select_related("source").order_by("position", "id")


def _shares(incident: Incident) -> Any:
    return incident.shares.select_related(
        "to_agency", "to_group", "to_person", "shared_by"
    ).order_by("id")


def _deeds(incident: Incident) -> list[Deed]:
    events = Event.objects.about(incident).order_by("-at", "-id")[:LAST_DEEDS]
    return [
        Deed(at=event.at, words=str(Verb(event.verb).label), by=event.actor_name)
        for event in events
    ]


def _loading(incident: Incident) -> list[Deed]:
    """What came from a file has no deed of its own: the file's deed stands for all its rows."""
    if not incident.data_rows.exists():
        return []
    words = str(Verb.INCIDENTS_LOADED.label)
    return [Deed(at=incident.recorded_at, words=words, by=incident.recorded_by.post_line())]


def _line(entry: LogEntry) -> LogLine:
    is_timed = entry.precision in TIMED
    day = moment_day(entry)
    words = f"{entry.at_time:%H:%M}" if is_timed and entry.at_time else day
    if entry.precision == Precision.UNKNOWN:
        precise = gettext("time not known")
    else:
        precise = text.precision_words(entry.precision)
    return LogLine(
        number=entry.pk,
        words=words,
        precise=f"{day}{_comma()} {precise}" if is_timed else precise,
        what=entry.text,
        source=entry.source.title if entry.source else "",
        is_vague=entry.precision != Precision.MINUTE,
    )


def _comma() -> str:
    return "،" if text.language() == "ur" else ","


def moment_day(moment: Moment) -> str:
    """The day of a moment as far as it is known, without its year."""
    day: date | None = moment.on_date
    if day is None:
        return gettext("not known")
    if moment.precision == Precision.MONTH:
        return text.day_digits(day, "MONTH")
    if moment.precision == Precision.RANGE and moment.until_date:
        return f"{text.short_day(day)} – {text.short_day(moment.until_date)}"
    return text.short_day(day)
