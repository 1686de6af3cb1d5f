"""What the incident's own record says, set beside section D for who may see it there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agencies.models import Marked
from agencies.models.marking import Person
from core import text
from incidents.choices import TIMED
from incidents.choices.particulars import DetailSection
from incidents.models import CasualtyCount, Evidence, Incident, ResponseTime, Source
from incidents.selectors.series import Series, series
from reviews.models import EntryEvidence, FindingEvidence, Review
from reviews.selectors.gathering import Found, Lists, gathered

# Lists of links to pieces of evidence.
LINKS = ("files", "pieces")


@dataclass
class Beside:
    """Read only: casualties, sources, response times; and what shows each entry."""

    series: Series | None = None
    sources: list[Source] = field(default_factory=list)
    # When each step was reached, by its code, as the record has it.
    recorded: dict[str, list[str]] = field(default_factory=dict)
    # Pieces by the number of the entry.
    pieces: dict[int, list[Evidence]] = field(default_factory=dict)
    # What the page names with a marking of its own.
    named: list[Marked] = field(default_factory=list)
    # Whether the reader may see the incident's record.
    is_open: bool = False


def beside(review: Review, user: Person) -> Beside:
    """All of it, in one query."""
    return beside_from(gathered(review, **beside_asked(review, user)))


def beside_asked(review: Review, user: Person) -> Lists:
    """What `beside_from` reads: of the incident nothing for whom it is closed to."""
    incident = Incident.objects.visible_to(user).filter(pk=review.incident_id)
    of = {"incident__in": incident.values("pk")}
    links = EntryEvidence.objects.filter(
        entry__review=review, evidence__in=Evidence.objects.visible_to(user).values("pk")
    )
    steps = ResponseTime.objects.filter(**of, replaced_at=None, section=DetailSection.RESPONSE)
    return {
        "pieces": links.select_related("evidence").order_by("evidence_id"),
        "incident": incident,
        "counts": CasualtyCount.objects.filter(**of).in_order().select_related("source"),
        "reports": Source.objects.filter(**of).order_by("published", "id"),
        "steps": steps.order_by("id"),
    }


def record_asked(review: Review) -> Lists:
    """Of that, the lists of the incident alone, for whoever it turns out to be open to."""
    of = {"incident": review.incident_id}
    steps = ResponseTime.objects.filter(**of, replaced_at=None, section=DetailSection.RESPONSE)
    return {
        "counts": CasualtyCount.objects.filter(**of).in_order().select_related("source"),
        "reports": Source.objects.filter(**of).order_by("published", "id"),
        "steps": steps.order_by("id"),
    }


def links_asked(review: Review) -> Lists:
    """Which pieces show an entry or a finding, by number: `seen_beside` says which are seen."""
    return {
        "files": FindingEvidence.objects.filter(finding__review=review).order_by("id"),
        "pieces": EntryEvidence.objects.filter(entry__review=review).order_by("evidence_id"),
    }


def seen_beside(found: Found, review: Review, reader: Person) -> dict[str, list[Any]]:
    """The incident, and the links to pieces, as far as `reader` may see what they lead to."""
    numbers = {each.evidence_id for name in LINKS for each in found[name]}
    asked: Lists = {"incident": Incident.objects.visible_to(reader).filter(pk=review.incident_id)}
    if numbers:
        asked["evidence"] = Evidence.objects.visible_to(reader).filter(pk__in=numbers)
    seen = gathered(review, **asked)
    pieces = {each.pk: each for each in seen.pop("evidence", ())}
    for name in LINKS:
        rows = [each for each in found[name] if each.evidence_id in pieces]
        for each in rows:
            each.evidence = pieces[each.evidence_id]
        seen[name] = rows
    return seen


def beside_from(rows: Found) -> Beside:
    """What stands beside the section, as it was gathered."""
    found = Beside(pieces=_pieces(rows["pieces"]))
    seen = {each.pk: each for pieces in found.pieces.values() for each in pieces}
    found.named = list(seen.values())
    if not rows["incident"]:
        return found
    (incident,) = rows["incident"]
    found.is_open = True
    counts: list[CasualtyCount] = rows["counts"]
    found.series = series(counts) if counts else None
    found.sources = rows["reports"]
    found.recorded = _recorded(rows["steps"], incident)
    if counts or found.sources or found.recorded:
        found.named.append(incident)
    return found


def _pieces(links: Iterable[EntryEvidence]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for link in links:
        found[link.entry_id].append(link.evidence)
    return dict(found)


def _recorded(steps: Iterable[ResponseTime], incident: Incident) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in steps:
        found[each.step].append(_moment(each, incident))
    return dict(found)


def _moment(own: ResponseTime, incident: Incident) -> str:
    """The clock time, with its day where that is not the incident's; blank where not known."""
    if own.on_date is None:
        return ""
    day = "" if own.on_date == incident.on_date else text.short_day(own.on_date)
    if own.precision not in TIMED or own.at_time is None:
        return text.day_digits(own.on_date, own.precision)
    clock = text.clock_digits(datetime.combine(own.on_date, own.at_time), own.precision)
    return " ".join(filter(None, (day, clock)))
