"""Who acted when: lanes of agencies, hand-offs between them, minutes that passed.

Pure figures from entries; `rendering` draws them and the page prints them as a table. Minutes are
computed only where both ends have a clock time; where accounts differ, each of them is given.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from incidents.choices import Precision
from reviews.models import TimelineEntry


@dataclass(frozen=True)
class Mark:
    """One deed on a lane; `minute` counts from the start of its day, None when nobody knows."""

    lane: int
    minute: int | None
    until: int | None
    sure: bool
    label: str
    text: str


@dataclass(frozen=True)
class HandOff:
    """One agency tells another: from its deed to the first deed of the other after it."""

    acting: str
    told: str
    start: str
    end: str
    minutes: tuple[int, ...]
    is_disputed: bool
    is_sure: bool
    # Where it is drawn: lanes and minutes.
    from_lane: int
    to_lane: int
    from_minute: int | None
    to_minutes: tuple[int, ...]


@dataclass(frozen=True)
class Lanes:
    """The lanes of one day."""

    day: date
    names: tuple[str, ...]
    marks: tuple[Mark, ...]
    hand_offs: tuple[HandOff, ...]

    @property
    def has_clock(self) -> bool:
        """Whether any deed has a clock time: without one there is no axis to draw on."""
        return any(mark.minute is not None for mark in self.marks)


def minute_of(at: time | None) -> int | None:
    """Minutes from midnight."""
    return None if at is None else at.hour * 60 + at.minute


def clock_text(entry: TimelineEntry) -> str:
    """`17:13`, `17:10–17:20`, or blanks for digits nobody knows."""
    if entry.at_time is None:
        return "__:__"
    start = f"{entry.at_time:%H:%M}"
    return f"{start}–{entry.until_time:%H:%M}" if entry.until_time else start


def lanes_of(entries: Sequence[TimelineEntry], day: date) -> Lanes:
    """The lanes of the entries of `day`, in the order in which agencies first act."""
    todays = [each for each in entries if each.on_date == day]
    names: dict[str, str] = {}
    for entry in todays:
        for name in (entry.acting, entry.told):
            if name.strip():
                names.setdefault(_key(name), name.strip())
    index = {key: place for place, key in enumerate(names)}
    marks = [_mark(entry, index[_key(entry.acting)]) for entry in todays if entry.acting.strip()]
    hand_offs = [
        _hand_off(entry, todays[place + 1 :], index)
        for place, entry in enumerate(todays)
        if entry.acting.strip() and entry.told.strip()
    ]
    return Lanes(day, tuple(names.values()), tuple(marks), tuple(hand_offs))


def times_of(entry: TimelineEntry) -> tuple[int, ...]:
    """Every clock time given for the entry: its own, or those of the accounts that differ."""
    given = [minute_of(account.at_time) for account in entry.accounts.all()]
    known = sorted({each for each in given if each is not None})
    own = minute_of(entry.at_time)
    return tuple(known) or (() if own is None else (own,))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_sure(entry: TimelineEntry) -> bool:
    return entry.precision == Precision.MINUTE and entry.until_time is None


def _mark(entry: TimelineEntry, lane: int) -> Mark:
    times = times_of(entry)
    return Mark(
        lane=lane,
        minute=times[0] if times else None,
        until=minute_of(entry.until_time),
        sure=_is_sure(entry) and len(times) == 1,
        label=clock_text(entry),
        text=entry.text,
    )


def _hand_off(
    entry: TimelineEntry, later: Sequence[TimelineEntry], index: dict[str, int]
) -> HandOff:
    answer = next((each for each in later if _key(each.acting) == _key(entry.told)), None)
    starts, ends = times_of(entry), times_of(answer) if answer else ()
    start = starts[0] if len(starts) == 1 else None
    minutes = tuple(end - start for end in ends if end >= start) if start is not None else ()
    return HandOff(
        acting=entry.acting.strip(),
        told=entry.told.strip(),
        start=_spelled(starts),
        end=_spelled(ends),
        minutes=minutes,
        is_disputed=len(starts) > 1 or len(ends) > 1,
        is_sure=_is_sure(entry) and answer is not None and _is_sure(answer),
        from_lane=index[_key(entry.acting)],
        to_lane=index[_key(entry.told)],
        from_minute=start,
        to_minutes=ends,
    )


def _spelled(times: tuple[int, ...]) -> str:
    return " / ".join(f"{each // 60:02d}:{each % 60:02d}" for each in times)


def busiest_day(entries: Sequence[TimelineEntry]) -> date | None:
    """The day with most clock times, else most entries: the one whose lanes are drawn."""
    timed: Counter[date] = Counter()
    told: Counter[date] = Counter()
    for entry in entries:
        if entry.on_date is not None:
            timed[entry.on_date] += len(times_of(entry))
            told[entry.on_date] += 1
    return max(told, key=lambda day: (timed[day], told[day], -day.toordinal()), default=None)


def gap_minutes(entry: TimelineEntry) -> int | None:
    """How far its accounts lie apart, where at least two of them give a time."""
    times = times_of(entry)
    return times[-1] - times[0] if len(times) > 1 else None
