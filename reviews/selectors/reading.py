"""A review gathered for reading: every section with its lines, in a fixed number of queries."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.choices import Precision
from reviews.choices import EntryKind
from reviews.lanes import Lanes, busiest_day, clock_text, gap_minutes, lanes_of
from reviews.models import Dissent, Finding, Recommendation, Review, ReviewVersion, TimelineEntry
from reviews.selectors.document import digest
from reviews.selectors.parts.timeline import accounts_of, in_order

ABOUT = re.compile(r"(finding|recommendation|سفارش|نتیجہ)\s*(?:no\.?\s*)?(\d+)", re.IGNORECASE)
FINDING_WORDS = frozenset({"finding", "نتیجہ"})


@dataclass(frozen=True)
class AccountLine:
    """One account as the page shows it."""

    pk: int
    by: str
    said: str
    at: time | None
    precision: str
    source: str
    grade: str
    # Where it is edited, on the page of who may.
    url: str = ""


@dataclass(frozen=True)
class EntryLine:
    """One entry as the page shows it."""

    pk: int
    at: time | None
    precision: str
    clock: str
    what: str
    by: str
    kind: str
    phase: str
    source: str
    grade: str
    tag: str
    accounts: tuple[AccountLine, ...]
    verdict: str


@dataclass(frozen=True)
class Day:
    """The entries of one day, or of no known day."""

    day: date | None
    entries: tuple[EntryLine, ...]


@dataclass
class Timeline:
    """Section D."""

    days: list[Day]
    lanes: Lanes | None
    agencies: list[str]
    sources: list[str]
    entries: int
    disputed: int
    untimed: int


@dataclass
class Reading:
    """All sections of a review."""

    review: Review
    words: dict[str, str]
    timeline: Timeline
    measures: list[Any]
    roles: list[Any]
    findings: list[Finding]
    recommendations: list[Recommendation]
    dissents: list[Dissent]
    signoffs: list[Any]
    version: ReviewVersion | None
    is_as_frozen: bool
    beside: dict[tuple[str, int], list[Dissent]] = field(default_factory=dict)

    @property
    def findings_disputed(self) -> list[tuple[Finding, list[Dissent]]]:
        """Each finding with the dissents that dispute it."""
        return [(each, self.beside.get(("finding", each.number), [])) for each in self.findings]

    @property
    def recommendations_disputed(self) -> list[tuple[Recommendation, list[Dissent]]]:
        """Each recommendation with the dissents that dispute it."""
        return [
            (each, self.beside.get(("recommendation", each.number), []))
            for each in self.recommendations
        ]


def timeline_of(review: Review) -> Timeline:
    """The timeline by day, with the lanes of the day that has most clock times."""
    entries = in_order(review)
    days: dict[date | None, list[EntryLine]] = defaultdict(list)
    for entry in entries:
        days[entry.on_date].append(_entry_line(entry))
    drawn = busiest_day(entries)
    names = [each for entry in entries for each in (entry.acting, entry.told)]
    return Timeline(
        days=[Day(day, tuple(lines)) for day, lines in days.items()],
        lanes=lanes_of(entries, drawn) if drawn else None,
        agencies=_unique(names),
        sources=_unique(entry.source for entry in entries),
        entries=len(entries),
        disputed=sum(bool(entry.accounts.all()) for entry in entries),
        untimed=sum(entry.at_time is None for entry in entries),
    )


def with_links(timeline: Timeline, review: Review) -> Timeline:
    """The same timeline for who may edit it: each account leads to its page."""
    days = []
    for day in timeline.days:
        entries = tuple(
            replace(entry, accounts=tuple(_linked(each, review) for each in entry.accounts))
            for entry in day.entries
        )
        days.append(Day(day.day, entries))
    return replace(timeline, days=days)


def _linked(account: AccountLine, review: Review) -> AccountLine:
    url = reverse("reviews:row_change", args=[review.pk, "accounts", account.pk])
    return replace(account, url=url)


def timeline_sentence(timeline: Timeline) -> str:
    """The section in one sentence: how much is there and how sure it is."""
    if not timeline.entries:
        return _("No entry yet.")
    parts = [
        ngettext("%(n)d entry", "%(n)d entries", timeline.entries) % {"n": timeline.entries},
        ngettext("%(n)d disputed", "%(n)d disputed", timeline.disputed) % {"n": timeline.disputed},
        ngettext("%(n)d without a clock time", "%(n)d without a clock time", timeline.untimed)
        % {"n": timeline.untimed},
    ]
    return ", ".join(parts) + "."


def read(review: Review) -> Reading:
    """Gather the whole review."""
    version = review.versions.order_by("-number").first()
    dissents = list(review.dissents.select_related("agency", "by").order_by("at", "id"))
    return Reading(
        review=review,
        words=dict(review.sections.values_list("letter", "text")),
        timeline=timeline_of(review),
        measures=list(review.measures.order_by("position", "id")),
        roles=list(review.network_roles.order_by("id")),
        findings=list(review.findings.select_related("category").order_by("number")),
        recommendations=list(
            review.recommendations.select_related("category", "owner_agency")
            .prefetch_related("findings")
            .order_by("number")
        ),
        dissents=dissents,
        signoffs=list(review.signoffs.select_related("by").order_by("at", "id")),
        version=version,
        is_as_frozen=version is not None and digest(version.content) == version.sha256,
        beside=_beside(dissents),
    )


def _beside(dissents: Iterable[Dissent]) -> dict[tuple[str, int], list[Dissent]]:
    """Dissents by what they dispute, where they say so: "finding 2"."""
    found: dict[tuple[str, int], list[Dissent]] = defaultdict(list)
    for dissent in dissents:
        for word, number in ABOUT.findall(dissent.about):
            kind = "finding" if word.casefold() in FINDING_WORDS else "recommendation"
            found[kind, int(number)].append(dissent)
    return dict(found)


def _entry_line(entry: TimelineEntry) -> EntryLine:
    by = entry.acting
    if entry.told:
        words = {"acting": entry.acting or _("somebody"), "told": entry.told}
        by = _("%(acting)s, told %(told)s") % words
    return EntryLine(
        pk=entry.pk,
        at=entry.at_time,
        precision=entry.precision,
        clock=clock_text(entry) if entry.until_time else "",
        what=entry.text,
        by=by,
        kind=entry.get_kind_display(),
        phase=entry.get_phase_display(),
        source=entry.source,
        grade=entry.grade,
        tag=_tag(entry),
        accounts=tuple(
            AccountLine(
                pk=each.pk,
                by=each.by,
                said=each.said,
                at=each.at_time,
                precision=Precision.MINUTE,
                source=each.source,
                grade=each.grade,
            )
            for each in accounts_of(entry)
        ),
        verdict=_verdict(entry),
    )


def _tag(entry: TimelineEntry) -> str:
    """A warning or a decision is named; an ordinary action needs no word."""
    named = (EntryKind.WARNING, EntryKind.SIGNAL, EntryKind.DECISION)
    return entry.get_kind_display() if entry.kind in named else ""


def _verdict(entry: TimelineEntry) -> str:
    gap = gap_minutes(entry)
    if gap is None:
        return ""
    return ngettext(
        "Not settled, %(n)d minute apart. All accounts stand and are printed.",
        "Not settled, %(n)d minutes apart. All accounts stand and are printed.",
        gap,
    ) % {"n": gap}


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name.strip()))
