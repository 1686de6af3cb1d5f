"""What bulletins and briefs gather alike: sources numbered once, moments and ranges in words."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies.models import Marked
from bulletins.rendering.documents import (
    Account,
    Cite,
    Dispute,
    DissentLine,
    FindingLine,
    Mark,
    RecommendationLine,
    SourceLine,
    Tally,
)
from core import text
from incidents.choices import TIMED, CasualtyGroup, CasualtyState, Precision
from incidents.models import CasualtyCount, DisputedFact, Incident, Source
from incidents.models.moments import Moment
from reviews.choices import FindingKind
from reviews.lanes import clock_text
from reviews.models import Dissent, Finding, Recommendation, TimelineEntry

# The two states that every report speaks of; the others stand in the record.
COUNTED = (CasualtyState.KILLED, CasualtyState.INJURED)
# What accounts of attacks most often differ on; other names of disputes stand as they were typed.
COMMON_MATTERS = frozenset(
    (
        *(gettext_noop("Killed"), gettext_noop("Injured"), gettext_noop("Attackers")),
        *(gettext_noop("Intended target"), gettext_noop("First blast"), gettext_noop("Hospital")),
        *(gettext_noop("Explosive, kg"), gettext_noop("Day"), gettext_noop("Time of the attack")),
        *(gettext_noop("Transport of the attackers"), gettext_noop("People aboard")),
        gettext_noop("Personnel killed in the operation"),
    )
)


class SourceBook:
    """Numbers each source when it is first cited."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._sources: list[Source] = []

    def cite(self, source: Source | None) -> Cite | None:
        """The number and grade of a source; None where a fact names none."""
        if source is None:
            return None
        if source.pk not in self._numbers:
            self._sources.append(source)
            self._numbers[source.pk] = len(self._sources)
        return Cite(self._numbers[source.pk], source.grade)

    def lines(self) -> tuple[SourceLine, ...]:
        """All that was cited, in order."""
        return tuple(
            SourceLine(number, source.title, source.published, source.grade)
            for number, source in enumerate(self._sources, start=1)
        )


def mark_of(record: Marked) -> Mark:
    """The marking of a record, as a document carries it."""
    return Mark(record.tlp, record.classification, tuple(record.caveats))


def moment_words(moment: Moment) -> str:
    """When it was, as far as it is known; an unknown clock time is said, never left out."""
    if moment.precision == Precision.UNKNOWN or moment.on_date is None:
        return _("date and time not known")
    if moment.precision in {Precision.MONTH, Precision.YEAR}:
        return text.day_digits(moment.on_date, moment.precision)
    if moment.precision == Precision.RANGE and moment.until_date:
        return f"{text.short_date(moment.on_date)} – {text.short_date(moment.until_date)}"
    day = text.long_date(moment.on_date)
    if moment.at_time is None:
        return _("%(day)s, time not known") % {"day": day}
    clock = f"{moment.at_time:%H:%M}"
    if moment.until_time:
        clock = f"{clock}–{moment.until_time:%H:%M}"
    if moment.precision == Precision.ABOUT:
        return _("%(day)s, about %(clock)s") % {"day": day, "clock": clock}
    return _("%(day)s, %(clock)s") % {"day": day, "clock": clock}


def log_words(moment: Moment) -> str:
    """When, as short as a log has it; no clock time means that none is known."""
    if moment.precision not in TIMED or moment.on_date is None or moment.at_time is None:
        if moment.precision in {Precision.DAY, *TIMED} and moment.on_date:
            return text.short_date(moment.on_date)
        return moment_words(moment)
    words = f"{text.short_date(moment.on_date)} {moment.at_time:%H:%M}"
    return _("%(when)s, about") % {"when": words} if moment.precision == "ABOUT" else words


def entry_words(entry: TimelineEntry) -> str:
    """The same of an entry of a review, the clock of its source put right."""
    began = entry.began
    if began is None:
        return log_words(entry)
    words = f"{text.short_date(began)} {clock_text(entry)}"
    return _("%(when)s, about") % {"when": words} if entry.precision == "ABOUT" else words


def place_words(incident: Incident) -> str:
    """The place as it was reported, then the smallest area that is known."""
    parts = [incident.place_text, incident.area_label]
    return (
        "، ".join(filter(None, parts))
        if text.language() == "ur"
        else ", ".join(filter(None, parts))
    )


def tallies(counts: Iterable[CasualtyCount], book: SourceBook) -> tuple[Tally, ...]:
    """How far the reports of each group and state reach; attackers never among the victims."""
    reports: dict[tuple[str, str], list[CasualtyCount]] = defaultdict(list)
    for count in counts:
        if count.state in COUNTED and count.group != CasualtyGroup.ATTACKERS:
            reports[count.group, count.state].append(count)
    order = [(group, state) for group in CasualtyGroup.values for state in COUNTED]
    return tuple(_tally(key, reports[key], book) for key in order if key in reports)


def _least(count: CasualtyCount) -> int:
    return count.low if count.low is not None else count.figure


def _most(count: CasualtyCount) -> int:
    return count.high if count.high is not None else count.figure


def _tally(key: tuple[str, str], reports: list[CasualtyCount], book: SourceBook) -> Tally:
    group, state = key
    low, high = min(reports, key=_least), max(reports, key=_most)
    open_end = "+" if high.is_open_ended else ""
    ends = (_least(low), _most(high))
    words = f"{ends[0]}{open_end}" if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}{open_end}"
    name = str(CasualtyState(state).label)
    if group != CasualtyGroup.VICTIMS:
        name = f"{CasualtyGroup(group).label}: {name}"
    return Tally(name, words, len(reports), book.cite(low.source), book.cite(high.source))


def matter_words(name: str) -> str:
    """What a dispute is about: a common matter in the language of the document, else as typed."""
    return _(name) if name in COMMON_MATTERS else name


def disputes(facts: Iterable[DisputedFact], book: SourceBook) -> tuple[Dispute, ...]:
    """Facts on which accounts differ, all accounts kept."""
    return tuple(
        Dispute(
            matter_words(fact.name),
            tuple(Account(each.said, book.cite(each.source)) for each in fact.accounts.all()),
            fact.why_differ,
            fact.resolution,
        )
        for fact in facts
    )


def finding_line(finding: Finding) -> FindingLine:
    """A finding as it stands in its review; `review` fetched with its incident."""
    return FindingLine(
        label=f"E{finding.number}",
        kind=str(FindingKind(finding.kind).label),
        title=finding.title,
        happened=finding.happened,
        evidence=finding.evidence,
        grade=finding.grade,
        origin=finding.review.reference,
        days=finding.review.days_to_review,
    )


def recommendation_line(each: Recommendation) -> RecommendationLine:
    """What one post is to do; `findings` prefetched."""
    owner = each.owner_post
    if each.owner_agency is not None:
        owner = f"{owner}, {each.owner_agency.label}"
    return RecommendationLine(
        label=f"R{each.number}",
        text=each.text,
        owner=owner,
        due=each.due_date,
        closed_when=each.closure_criterion,
        status=each.get_status_display(),
        answers=", ".join(f"E{finding.number}" for finding in each.findings.all()),
    )


def dissent_line(each: Dissent) -> DissentLine:
    """A dissent, whole."""
    return DissentLine(
        agency=each.agency.label,
        kind=each.get_kind_display(),
        about=each.about,
        text=each.text,
        origin=each.review.reference,
        answers=tuple(
            _("%(post)s, %(on)s: %(text)s")
            % {"post": answer.by.post, "on": text.short_date(answer.at), "text": answer.text}
            for answer in sorted(each.answers.all(), key=lambda row: (row.at, row.pk))
        ),
    )
