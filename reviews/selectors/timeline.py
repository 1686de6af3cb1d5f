"""Section D gathered for a page: entries by day, lanes, intervals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import text
from incidents.choices import Precision
from reviews.choices import EntryKind
from reviews.intervals import Step, intervals_of
from reviews.lanes import Lanes, busiest_day, clock_text, gap_minutes, lanes_by_day
from reviews.models import Account, Review, TimelineEntry
from reviews.selectors.gathering import Found, Lists, gathered, hold, under
from reviews.selectors.parts.timeline import accounts_of
from reviews.spans import offset_text
from reviews.timeline_order import day_of, in_place, is_beside

NAMED = (EntryKind.WARNING, EntryKind.SIGNAL, EntryKind.DECISION)


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
    """One entry as the page shows it, its time put right."""

    pk: int
    clock: str
    precise: str
    # What the clock of the source said, where it was out.
    entered: str
    is_vague: bool
    what: str
    by: str
    kind: str
    phase: str
    source: str
    source_kind: str
    grade: str
    tags: tuple[str, ...]
    decided: str
    because: str
    authority: str
    accounts: tuple[AccountLine, ...]
    verdict: str
    # The neighbour of the same moment, for who may set the order; 0 where the times decide it.
    earlier: int = 0
    later: int = 0


@dataclass(frozen=True)
class Day:
    """The entries of one day, or of what is no more exactly known."""

    title: str
    entries: tuple[EntryLine, ...]


@dataclass
class Timeline:
    """Section D."""

    days: list[Day]
    # A day with its lanes each; `busiest` is the place of the one that comes first to mind.
    lanes: list[Lanes]
    busiest: int
    steps: list[Step]
    # What the public was told, in order.
    public: list[EntryLine]
    agencies: list[str]
    sources: list[str]
    entries: int
    disputed: int
    untimed: int


def timeline_of(review: Review) -> Timeline:
    """The timeline by day, with lanes and response intervals."""
    return timeline_from(gathered(review, **timeline_asked(review)))


def timeline_asked(review: Review) -> Lists:
    """What `timeline_from` reads."""
    return {
        "entries": review.timeline.order_by("id"),
        "accounts": Account.objects.of_review(review).order_by("id"),
    }


def timeline_from(found: Found) -> Timeline:
    """The section as it was gathered."""
    accounts = under(found["accounts"], "entry_id")
    for each in found["entries"]:
        hold(each, accounts=accounts[each.pk])
    entries = in_place(found["entries"])
    lines = _lines(entries)
    lanes = lanes_by_day(entries)
    busiest = busiest_day(entries)
    named = (each for entry in entries for each in (entry.acting, entry.told))
    titled = zip(map(_title, entries), lines, strict=True)
    return Timeline(
        days=[
            Day(title, tuple(line for _title, line in group))
            for title, group in groupby(titled, key=lambda pair: pair[0])
        ],
        lanes=lanes,
        busiest=next((n for n, each in enumerate(lanes) if each.day == busiest), 0),
        steps=intervals_of(entries),
        public=[line for entry, line in zip(entries, lines, strict=True) if entry.is_public],
        agencies=_unique(named),
        sources=_unique(entry.source for entry in entries),
        entries=len(entries),
        disputed=sum(
            bool(line.accounts) and not entry.settled
            for entry, line in zip(entries, lines, strict=True)
        ),
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
        days.append(Day(day.title, entries))
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


def _lines(entries: Sequence[TimelineEntry]) -> list[EntryLine]:
    lines = [_line(entry) for entry in entries]
    for n in range(1, len(lines)):
        if is_beside(entries[n - 1], entries[n]):
            lines[n - 1] = replace(lines[n - 1], later=lines[n].pk)
            lines[n] = replace(lines[n], earlier=lines[n - 1].pk)
    return lines


def _title(entry: TimelineEntry) -> str:
    """The day, as far as it is known."""
    day = day_of(entry)
    if day is None:
        return _("Day not known")
    if entry.precision in (Precision.MONTH, Precision.YEAR):
        return text.day_digits(day, entry.precision)
    if entry.precision == Precision.RANGE and entry.until_date:
        return f"{text.short_date(day)} – {text.short_date(entry.until_date)}"
    return text.long_date(day)


def _line(entry: TimelineEntry) -> EntryLine:
    return EntryLine(
        pk=entry.pk,
        clock=clock_text(entry),
        precise=_precise(entry),
        entered=_entered(entry),
        is_vague=entry.precision not in (Precision.SECOND, Precision.MINUTE),
        what=entry.text,
        by=_by(entry),
        kind=entry.get_kind_display(),
        phase=entry.get_phase_display(),
        source=entry.source,
        source_kind=entry.get_source_kind_display(),
        grade=entry.grade,
        tags=_tags(entry),
        decided=entry.decided,
        because=entry.because,
        authority=entry.authority,
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


def _by(entry: TimelineEntry) -> str:
    if not entry.told:
        return entry.acting
    words = {"acting": entry.acting or _("somebody"), "told": entry.told}
    return _("%(acting)s, told %(told)s") % words


def _precise(entry: TimelineEntry) -> str:
    """How exactly, in the words under the time; a range says so, and on which day it ended."""
    began, ended = entry.began, entry.ended
    if began is None or ended is None:
        if entry.precision == Precision.RANGE:
            return _("between these days")
        return text.precision_words(entry.precision)
    if ended.date() == began.date():
        return _("between these")
    return _("until %(day)s") % {"day": text.short_day(ended)}


def _entered(entry: TimelineEntry) -> str:
    """`17:17 by its clock, 4 min fast`, where the clock of the source was out."""
    if not entry.clock_offset or entry.at_time is None:
        return ""
    form = "%H:%M:%S" if entry.at_time.second else "%H:%M"
    return _("%(time)s by its clock, %(offset)s") % {
        "time": entry.at_time.strftime(form),
        "offset": offset_text(entry.clock_offset),
    }


def _tags(entry: TimelineEntry) -> tuple[str, ...]:
    """A warning, a decision, a milestone is named; an ordinary action needs no word."""
    kind = entry.get_kind_display() if entry.kind in NAMED else ""
    public = _("told to the public") if entry.is_public else ""
    return tuple(filter(None, (kind, entry.get_milestone_display(), public)))


def _verdict(entry: TimelineEntry) -> str:
    if entry.settled:
        return _("Settled: %(reason)s All accounts stand and are printed.") % {
            "reason": entry.settled
        }
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
