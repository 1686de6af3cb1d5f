"""What incidents add to the page of an area: its record, what came back, the newest."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agencies.models import User
from core.bars import Bar, bar_chart
from core.panels import Panel, register
from incidents.choices import Occasion, TargetType
from incidents.selectors.areas import recorded_in
from incidents.selectors.record import CameBack, DistrictRecord, district_record
from places.choices import Level
from places.models import Area

# The filter of the register that each kind of thing that came back is found by.
FILTERS = {"target": "target", "place": "q", "occasion": "occasion", "group": "group"}


def of_area(request: HttpRequest, area: Area) -> dict[str, Any] | None:
    """The newest incidents recorded there that the reader may see; of a district its record too."""
    if not isinstance(request.user, User):
        return None
    shown = recorded_in(request.user, area)
    context: dict[str, Any] = {"shown": shown, "area": area, "marks": shown.marks}
    if area.level == Level.DISTRICT and shown.incidents:
        record = district_record(request.user, area)
        context |= {
            "record": record,
            "years": _years(record, area),
            "chart": _chart(record, area),
            "came_back": [_came_back(each, area) for each in record.came_back],
            "marks": record.marks,
        }
    return context


def _years(record: DistrictRecord, area: Area) -> list[dict[str, Any]]:
    """Every year from the first to the last, the newest first, as the rows of the table."""
    return [
        {
            "year": year,
            "incidents": record.years.get(year, 0),
            "killed": record.killed.get(year),
            "url": _register(area, year=year),
        }
        for year in sorted(_span(record), reverse=True)
    ]


def _span(record: DistrictRecord) -> range:
    return range(min(record.years, default=0), max(record.years, default=-1) + 1)


def _chart(record: DistrictRecord, area: Area) -> str:
    numbers = [(year, record.years.get(year, 0)) for year in _span(record)]
    bars = [
        Bar(str(year), number, f"{year}: {number:,}", _register(area, year=year))
        for year, number in numbers
    ]
    return bar_chart(bars, key="record", title=_("Incidents by year")) if len(bars) > 1 else ""


def _came_back(each: CameBack, area: Area) -> dict[str, Any]:
    shown = {"target": TargetType, "occasion": Occasion}.get(each.kind)
    words = {
        "target": _("Aimed at"),
        "place": _("Place"),
        "occasion": _("Occasion"),
        "group": _("Group named"),
    }
    return {
        "kind": words[each.kind],
        "what": str(shown(each.key).label) if shown else each.shown,
        "times": each.times,
        "first": each.first,
        "last": each.last,
        "url": _register(area, **{FILTERS[each.kind]: each.shown or each.key}),
    }


def _register(area: Area, **narrowed: Any) -> str:
    query = urlencode({"district": area.pk, **narrowed})
    return f"{reverse('incidents:incident_list')}?{query}"


register(Area, Panel("body", 30, "incidents/_of_area.html", of_area))
