"""Where and when: counts of the incidents that somebody sees, by place and by time.

What is known no exacter than to a range of days is on none of them, and what is known no exacter
than to a province is in no district: both are told apart and never spread.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour

from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from core import hijri
from incidents.choices import POINTED, TIMED, Precision
from incidents.models import Incident
from incidents.selectors.filters import Filters

ON_A_DAY = (Precision.DAY, *TIMED)
IN_A_MONTH = (Precision.MONTH, *ON_A_DAY)
# More points than this are a blot.
MOST_POINTS = 400


@dataclass(frozen=True)
class Summary:
    """How many, where and when. Counts are of incidents."""

    total: int
    districts: dict[int, int]
    # In no district: known to a wider area only.
    wider: int
    years: dict[int, int]
    # On no year, month or day of these charts.
    undated: int
    months: dict[int, int]
    hijri_months: dict[int, int]
    weekdays: dict[int, int]
    hours: dict[int, int]
    # Whose clock time nobody recorded.
    untimed: int
    points: list[tuple[float, float]] = field(default_factory=list)
    marking: PageMarking | None = None


def summary(user: User, filters: Filters) -> Summary:
    """Of what `user` may read and the filters leave. A fixed number of queries."""
    rows = filters.narrow(Incident.objects.visible_to(user).standing())
    districts = _counted(rows, "district_id")
    days = _days(rows)
    on_day = {day: n for (day, precision), n in days.items() if precision in ON_A_DAY}
    in_month = {day: n for (day, precision), n in days.items() if precision in IN_A_MONTH}
    years = _by(lambda day: day.year, in_month) + Counter(_whole_years(rows))
    total = sum(districts.values())
    hours = _hours(rows)
    return Summary(
        total=total,
        districts={key: n for key, n in districts.items() if key is not None},
        wider=districts.get(None, 0),
        years=dict(years),
        undated=total - sum(years.values()),
        months=dict(_by(lambda day: day.month, in_month)),
        hijri_months=_hijri(on_day),
        weekdays=dict(_by(date.weekday, on_day)),
        hours=hours,
        untimed=total - sum(hours.values()),
        points=_points(rows),
        marking=highest_of(list(_marks(rows))),
    )


def _counted(rows: "QuerySet[Incident]", column: str) -> dict[Any, int]:
    found = rows.order_by().values_list(column).annotate(n=Count("pk"))
    return dict(found)


def _days(rows: "QuerySet[Incident]") -> dict[tuple[date, str], int]:
    found = rows.order_by().exclude(on_date=None).values_list("on_date", "precision")
    return {(day, precision): n for day, precision, n in found.annotate(n=Count("pk"))}


def _whole_years(rows: "QuerySet[Incident]") -> dict[int, int]:
    """Ranges that begin and end in one year are in that year, though on no day of it."""
    found = rows.order_by().filter(precision=Precision.RANGE)
    within = found.values_list("on_date__year", "until_date__year").annotate(n=Count("pk"))
    return {first: n for first, last, n in within if first == last}


def _by(part: Callable[[date], int], days: dict[date, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for day, n in days.items():
        found[part(day)] += n
    return found


def _hijri(days: dict[date, int]) -> dict[int, int]:
    found: Counter[int] = Counter()
    for day, n in days.items():
        if there := hijri.calculated(day):
            found[there.month] += n
    return dict(found)


def _hours(rows: "QuerySet[Incident]") -> dict[int, int]:
    timed = rows.order_by().filter(precision__in=TIMED).annotate(hour=ExtractHour("at_time"))
    return dict(timed.values_list("hour").annotate(n=Count("pk")))


def _points(rows: "QuerySet[Incident]") -> list[tuple[float, float]]:
    """Degrees east and north of what is known to a point; none where they are too many."""
    found = rows.order_by().filter(place_precision__in=POINTED, latitude__isnull=False)
    points = list(found.values_list("longitude", "latitude")[: MOST_POINTS + 1])
    return [] if len(points) > MOST_POINTS else [(east or 0, north or 0) for east, north in points]


def _marks(rows: "QuerySet[Incident]") -> Any:
    return rows.order_by().values_list("tlp", "classification", "caveats").distinct()
