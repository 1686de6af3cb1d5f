"""Days of the Hijri calendar in words. The register holds none as observed: all are calculated."""

from datetime import date

from django.utils.translation import gettext as _

from core import hijri, text
from core.hijri import HijriDay
from incidents.choices import ON_A_DAY
from incidents.models.moments import Moment


def calculated(day: date) -> str:
    """`11 Jamadi-us-Sani 1448 (calculated)`; blank beyond the tables."""
    words = bare(day)
    return _("%(day)s (calculated)") % {"day": words} if words else ""


def bare(day: date) -> str:
    """The same without saying how it is known."""
    found = hijri.calculated(day)
    return _spelled(found) if found else ""


def happened(moment: Moment) -> str:
    """`12–14 Rabi-ul-Awwal 1445 (calculated)`: the moon is seen up to two days later than that.

    Blank where no more is known than a month or several days.
    """
    if moment.on_date is None or moment.precision not in ON_A_DAY:
        return ""
    days = list(hijri.possible(moment.on_date))
    if not days:
        return ""
    last, first = days[0], days[-1]
    words = _spelled(last)
    if (first.year, first.month) == (last.year, last.month):
        words = f"{first.day}–{words}" if first != last else words
    else:
        words = f"{_spelled(first)} – {words}"
    return _("%(day)s (calculated; the moon decides)") % {"day": words}


def _spelled(day: HijriDay) -> str:
    return f"{day.day} {hijri.MONTHS[text.language()][day.month - 1]} {day.year}"
