"""Who acted when: lanes of agencies, hand-offs between them, the time that passed.

Pure figures from entries; `rendering` draws them and the page prints them as a table. Times are
those that the clocks of the sources, put right, give; a delay is computed only where both ends have
one; where accounts differ, each of them is given.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import ngettext

from incidents.choices import Precision
from reviews.choices import Milestone
from reviews.models import TimelineEntry
from reviews.timeline_order import account_moment, day_of

DAY = 86_400
# Whoever does nothing for a day after being told has not answered, as far as the record goes.
ANSWER_WITHIN = timedelta(days=1)
EXACT = (Precision.SECOND, Precision.MINUTE)


@dataclass(frozen=True)
class Mark:
    """One deed on a lane. `start` and `until` are seconds from the midnight that begins the day,
    None when nobody knows; `shape` is the kind of entry."""

    lane: int
    start: int | None
    until: int | None
    sure: bool
    label: str
    text: str
    shape: str
    is_attack: bool = False


@dataclass(frozen=True)
class HandOff:
    """One agency tells another: from its deed to the first deed of the other after it.

    `waits` are seconds, one for each pair of times that accounts give.
    """

    acting: str
    told: str
    start: str
    end: str
    waits: tuple[int, ...]
    is_disputed: bool
    is_sure: bool
    to_the_second: bool
    # Where it is drawn: lanes, and seconds of the day.
    from_lane: int
    to_lane: int
    from_times: tuple[int, ...]
    to_times: tuple[int, ...]


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
        return any(mark.start is not None for mark in self.marks)

    @property
    def is_worth_drawing(self) -> bool:
        """Whether there is anything to compare: a lone deed is told by its entry."""
        return self.has_clock and (len(self.marks) > 1 or bool(self.hand_offs))


@dataclass(frozen=True)
class _Deed:
    """An entry with what is asked of it again and again."""

    entry: TimelineEntry
    began: datetime | None
    day: date | None
    acting: str
    told: str
    times: tuple[datetime, ...]


def clock_text(entry: TimelineEntry) -> str:
    """`17:13`, `17:13:05`, `17:10–17:20`, the clock put right; blanks for digits nobody knows."""
    return _clock(entry, entry.began, entry.ended)


def _clock(entry: TimelineEntry, began: datetime | None, ended: datetime | None) -> str:
    if began is None:
        return "__:__"
    if entry.precision == Precision.HOUR:
        return f"{began:%H}:__"
    exact = entry.precision == Precision.SECOND
    start = _digits(began.time(), exact=exact)
    return f"{start}–{_digits(ended.time(), exact=exact)}" if ended else start


def _digits(at: time, *, exact: bool) -> str:
    return f"{at:%H:%M:%S}" if exact else f"{at:%H:%M}"


def times_of(entry: TimelineEntry) -> tuple[datetime, ...]:
    """Every moment given for the entry: its own, or those of accounts that stand unsettled."""
    return _times(entry, entry.began)


def _times(entry: TimelineEntry, own: datetime | None) -> tuple[datetime, ...]:
    if not entry.settled:
        given = (account_moment(entry, account) for account in entry.accounts.all())
        known = sorted({each for each in given if each is not None})
        if known:
            return tuple(known)
    return () if own is None else (own,)


def is_sure(entry: TimelineEntry) -> bool:
    """Known to the minute or better, and not from one time to another."""
    return entry.precision in EXACT and entry.until_time is None


def gap_minutes(entry: TimelineEntry) -> int | None:
    """How far its accounts lie apart, where at least two of them give a time."""
    times = times_of(entry)
    return round((times[-1] - times[0]).total_seconds() / 60) if len(times) > 1 else None


def busiest_day(entries: Sequence[TimelineEntry]) -> date | None:
    """The day with most clock times, else most entries: the one whose lanes come first."""
    timed: Counter[date] = Counter()
    told: Counter[date] = Counter()
    for entry in entries:
        day = day_of(entry)
        if day is not None:
            timed[day] += len(times_of(entry))
            told[day] += 1
    return max(told, key=lambda day: (timed[day], told[day], -day.toordinal()), default=None)


def lanes_by_day(entries: Sequence[TimelineEntry]) -> list[Lanes]:
    """The lanes of every day on which anybody acted, in order."""
    deeds = [_deed(entry) for entry in entries]
    days = sorted({deed.day for deed in deeds if deed.day and (deed.acting or deed.told)})
    answers = _answers(deeds)
    return [_lanes(deeds, answers, day) for day in days]


def lanes_of(entries: Sequence[TimelineEntry], day: date) -> Lanes:
    """The lanes of the entries of `day`, in the order in which agencies first act."""
    deeds = [_deed(entry) for entry in entries]
    return _lanes(deeds, _answers(deeds), day)


def _deed(entry: TimelineEntry) -> _Deed:
    began = entry.began
    return _Deed(
        entry=entry,
        began=began,
        day=began.date() if began else entry.on_date,
        acting=_key(entry.acting, entry.acting_agency_id),
        told=_key(entry.told, entry.told_agency_id),
        times=_times(entry, began),
    )


def _key(name: str, agency: int | None) -> str:
    """The same lane however the agency was spelled."""
    return f"#{agency}" if agency else " ".join(name.split()).casefold()


def _answers(deeds: Sequence[_Deed]) -> dict[str, list[int]]:
    """The places at which each agency acts."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, deed in enumerate(deeds):
        if deed.acting:
            found[deed.acting].append(place)
    return found


def _lanes(deeds: Sequence[_Deed], answers: dict[str, list[int]], day: date) -> Lanes:
    todays = [(place, deed) for place, deed in enumerate(deeds) if deed.day == day]
    names: dict[str, str] = {}
    for _place, deed in todays:
        if deed.acting:
            names.setdefault(deed.acting, deed.entry.acting.strip())
        if deed.told:
            names.setdefault(deed.told, deed.entry.told.strip())
    index = {key: place for place, key in enumerate(names)}
    marks: list[Mark] = []
    hand_offs = []
    for place, deed in todays:
        if deed.acting:
            marks += _marks(deed, index[deed.acting], day)
        if deed.acting and deed.told:
            hand_offs.append(_hand_off(deed, _answer(deeds, answers, place), index, day))
    return Lanes(day, tuple(names.values()), tuple(marks), tuple(hand_offs))


def _answer(deeds: Sequence[_Deed], answers: dict[str, list[int]], place: int) -> _Deed | None:
    """The first deed of the agency that was told, if it came within a day."""
    told = deeds[place]
    places = answers.get(told.told, [])
    after = bisect_right(places, place)
    if after == len(places):
        return None
    answer = deeds[places[after]]
    if not told.times or not answer.times:
        return answer if answer.day == told.day else None
    return answer if answer.times[0] - told.times[0] <= ANSWER_WITHIN else None


def _seconds(at: datetime, day: date) -> int:
    days = at.toordinal() - day.toordinal()
    return days * DAY + at.hour * 3600 + at.minute * 60 + at.second


def _marks(deed: _Deed, lane: int, day: date) -> list[Mark]:
    """One mark, or one for each time that accounts give."""
    entry = deed.entry
    ended = entry.ended
    sure = is_sure(entry) and len(deed.times) == 1
    until = _seconds(ended, day) if ended and len(deed.times) == 1 else None
    if entry.precision == Precision.HOUR and len(deed.times) == 1 and until is None:
        until = _seconds(deed.times[0], day) + 59 * 60
    is_attack = entry.milestone == Milestone.ATTACK
    label = _clock(entry, deed.began, ended)
    starts: list[int | None] = [_seconds(each, day) for each in deed.times]
    starts = starts or [None]
    return [
        Mark(
            lane=lane,
            start=start,
            until=until,
            sure=sure,
            label=label if len(starts) == 1 or start is None else spelled(start),
            text=entry.text,
            shape=entry.kind,
            is_attack=is_attack and start is not None,
        )
        for start in starts
    ]


def _hand_off(deed: _Deed, answer: _Deed | None, index: dict[str, int], day: date) -> HandOff:
    starts = tuple(_seconds(each, day) for each in deed.times)
    ends = tuple(_seconds(each, day) for each in answer.times) if answer else ()
    waits = sorted({end - start for start in starts for end in ends if end >= start})
    both = (deed.entry, answer.entry) if answer else (deed.entry,)
    return HandOff(
        acting=deed.entry.acting.strip(),
        told=deed.entry.told.strip(),
        start=" / ".join(map(spelled, starts)),
        end=" / ".join(map(spelled, ends)),
        waits=tuple(waits),
        is_disputed=len(starts) > 1 or len(ends) > 1,
        is_sure=answer is not None and all(map(is_sure, both)),
        to_the_second=all(each.precision == Precision.SECOND for each in both),
        from_lane=index[deed.acting],
        to_lane=index[deed.told],
        from_times=starts,
        to_times=ends,
    )


def spelled(seconds: int) -> str:
    """`16:22`, `16:22:05`; past midnight with how many days later it is."""
    days, left = divmod(seconds, DAY)
    words = f"{left // 3600:02d}:{left // 60 % 60:02d}"
    if left % 60:
        words = f"{words}:{left % 60:02d}"
    if not days:
        return words
    return ngettext("%(time)s, %(n)d day later", "%(time)s, %(n)d days later", days) % {
        "time": words,
        "n": days,
    }
