"""How long the response took: from the attack and from the alert to each milestone.

Pure figures from entries that carry a milestone; blank where nobody knows, every value where
accounts differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.choices import Precision
from incidents.choices.particulars import ResponseStep
from reviews.choices import Milestone
from reviews.lanes import is_sure, times_of
from reviews.models import TimelineEntry
from reviews.spans import span_text


@dataclass(frozen=True)
class Step:
    """One milestone: when it was reached and how long after the attack and the alert."""

    code: str
    label: str
    clock: str
    since_attack: str
    since_alert: str


@dataclass(frozen=True)
class _Reached:
    times: tuple[datetime, ...]
    sure: bool
    to_the_second: bool


def intervals_of(entries: Sequence[TimelineEntry]) -> list[Step]:
    """Milestones in the order hoped for; none where no entry carries one.

    The steps that an incident's record asks for stand in any case, blank where nobody knows. Of
    entries with the same milestone the first counts.
    """
    reached: dict[str, _Reached] = {}
    for entry in entries:
        if entry.milestone and not reached.get(entry.milestone, _NEVER).times:
            reached[entry.milestone] = _Reached(
                times_of(entry), is_sure(entry), entry.precision == Precision.SECOND
            )
    if not reached:
        return []
    attack, alert = (reached.get(each, _NEVER) for each in (Milestone.ATTACK, Milestone.ALERT))
    shown = {*reached, *ResponseStep.values}
    return [
        _step(each, reached.get(each, _NEVER), attack, alert) for each in Milestone if each in shown
    ]


_NEVER = _Reached((), sure=True, to_the_second=False)


def _step(milestone: Milestone, own: _Reached, attack: _Reached, alert: _Reached) -> Step:
    return Step(
        code=milestone.value,
        label=str(milestone.label),
        clock=_clock(own, attack),
        since_attack="" if milestone == Milestone.ATTACK else _since(attack, own),
        since_alert="" if milestone == Milestone.ALERT else _since(alert, own),
    )


def _clock(own: _Reached, attack: _Reached) -> str:
    """The clock times; the day too where it is not that of the attack."""
    day = attack.times[0].date() if attack.times else None
    form = "%H:%M:%S" if own.to_the_second else "%H:%M"
    words = [
        each.strftime(form if day in (None, each.date()) else f"%Y-%m-%d {form}")
        for each in own.times
    ]
    joined = " / ".join(words)
    if own.sure or len(words) != 1:
        return joined
    return _("about %(time)s") % {"time": joined}


def _since(start: _Reached, end: _Reached) -> str:
    """Every span between the two, `about` where either is not sure, blank where nobody knows."""
    spans = sorted(
        {int((late - early).total_seconds()) for early in start.times for late in end.times}
    )
    exact = start.to_the_second and end.to_the_second
    words = list(dict.fromkeys(_signed(each, exact=exact) for each in spans))
    if not words:
        return ""
    joined = words[0] if len(words) == 1 else _(" or ").join(words)
    if len(words) > 1 or (start.sure and end.sure):
        return joined
    return _("about %(n)s") % {"n": joined}


def _signed(seconds: int, *, exact: bool) -> str:
    words = span_text(abs(seconds), to_the_second=exact)
    return _("%(span)s before") % {"span": words} if seconds < 0 and words != "0" else words
