"""The way of a warning: sent, received, acknowledged, acted on, with the days between.

Doctrine §0, row 1: the gap is often not a missing warning but one of which nothing is recorded as
done. So each step that the record does not show is drawn as plainly as those it shows.
"""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import text
from incidents.choices import ON_A_DAY, Precision, YesNoUnknown
from incidents.models import Incident
from reviews.choices import ACTED, AlertDone
from reviews.models import AlertReceived, Review
from reviews.models.alerts import STEPS

SHAPES = {
    AlertDone.NOTHING: "late",
    AlertDone.ACKNOWLEDGED: "late",
    AlertDone.PASSED_ON: "soon",
    AlertDone.ORDERED: "progress",
    AlertDone.CARRIED_OUT: "ok",
}


@dataclass(frozen=True)
class Step:
    """One step of the chain as the page draws it."""

    name: str
    label: str
    # The state: a shape and its word.
    shape: str
    word: str
    when: str
    who: str
    # Days since the step before that has a day, in words; blank where that cannot be computed.
    gap: str


@dataclass(frozen=True)
class Chain:
    """A warning with its steps."""

    alert: AlertReceived
    steps: tuple[Step, ...]
    # How long before the incident it was sent, in words.
    before: str

    @property
    def is_silent(self) -> bool:
        """Nothing is recorded as done with it."""
        return self.alert.done == AlertDone.NOTHING


def chains(review: Review) -> list[Chain]:
    """The warnings of a review, in their order. One query, and the incident if it is not there."""
    rows = review.alerts.order_by("position", "id")
    return [chain_of(row, review.incident) for row in rows]


def chain_of(alert: AlertReceived, incident: Incident) -> Chain:
    """The four steps, and the days from the first to the incident."""
    days: list[date] = []
    steps = []
    for name in STEPS:
        day, at, precision = alert.moment(name)
        gap = ""
        if day is not None and precision in ON_A_DAY:
            gap = _days_after(days[-1], day) if days else ""
            days.append(day)
        steps.append(_step(alert, name, when_words(day, at, precision), gap))
    return Chain(alert, tuple(steps), _before(alert, incident))


def when_words(day: date | None, at: time | None, precision: str) -> str:
    """`28 Aug 2014, 17:13`, `Aug 2014`; blank where nobody knows."""
    if day is None:
        return ""
    words = text.day_digits(day, precision)
    if at is None:
        return words
    comma = "،" if text.language() == "ur" else ","
    clock = f"{at:%H:%M}"
    if precision == Precision.ABOUT:
        clock = _("about %(clock)s") % {"clock": clock}
    return f"{words}{comma} {clock}"


def _step(alert: AlertReceived, name: str, when: str, gap: str) -> Step:
    said = {"issued": _sent, "received": _received, "acknowledged": _acknowledged, "acted": _acted}
    label, shape, word, who = said[name](alert, when)
    return Step(name, label, shape, word, when if when != word else "", who, gap)


# The step, its shape, its word (the day itself where it is known), and who.
Said = tuple[str, str, str, str]


def _sent(alert: AlertReceived, when: str) -> Said:
    return _("Sent"), "ok" if when else "none", when or _("Day not recorded"), alert.issued_by


def _received(alert: AlertReceived, when: str) -> Said:
    label = _("Received")
    match alert.received:
        case YesNoUnknown.YES:
            return label, "ok", when or _("Received, day not recorded"), alert.addressed_to
        case YesNoUnknown.NO:
            return label, "late", _("Not received"), alert.addressed_to
        case _other:
            return label, "none", _("Not recorded"), alert.addressed_to


def _acknowledged(alert: AlertReceived, when: str) -> Said:
    label, by = _("Acknowledged"), alert.acknowledged_by
    if when or by:
        return label, "ok", when or _("Day not recorded"), by
    return label, "none", _("No acknowledgement recorded"), ""


def _acted(alert: AlertReceived, when: str) -> Said:
    if not alert.done:
        return _("Acted on"), "none", _("Not yet said"), ""
    word = str(alert.get_done_display())
    if alert.done in ACTED and not when:
        word = _("%(done)s, day not recorded") % {"done": word}
    return _("Acted on"), SHAPES[AlertDone(alert.done)], word, ""


def _days_after(earlier: date, later: date) -> str:
    n = text.days_between(earlier, later)
    return ngettext("%(n)d day later", "%(n)d days later", n) % {"n": n} if n else _("same day")


def _before(alert: AlertReceived, incident: Incident) -> str:
    sent, known = alert.issued_date, incident.on_date
    exact = alert.issued_precision in ON_A_DAY and incident.precision in ON_A_DAY
    if sent is None or known is None or not exact:
        return ""
    n = text.days_between(sent, known)
    if n < 0:
        return _("It was sent after the incident.")
    if n == 0:
        return _("It was sent on the day of the incident.")
    return ngettext(
        "The incident came %(n)d day after it was sent.",
        "The incident came %(n)d days after it was sent.",
        n,
    ) % {"n": n}
