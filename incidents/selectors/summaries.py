"""Where and when: counts of the incidents that somebody sees, by place and by time.

What is known no exacter than to a range of days is on none of them, and what is known no exacter
than to a province is in no district: both are told apart and never spread.
"""

from dataclasses import dataclass, field

from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from incidents.choices import POINTED, Chart
from incidents.selectors import index
from incidents.selectors.counting import counted, kept
from incidents.selectors.filters import Filters

# More points than this are a blot.
MOST_POINTS = 400


@dataclass(frozen=True)
class Point:
    """An incident that is known to a point, and how exactly."""

    pk: int
    title: str
    title_ur: str
    east: float
    north: float
    precision: str


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
    # By code; an incident on no occasion, or on none that is known, is on none of them.
    occasions: dict[str, int]
    # Whose clock time nobody recorded.
    untimed: int
    # What is known to a point; none where they are too many to draw.
    points: list[Point] = field(default_factory=list)
    too_many: bool = False
    marking: PageMarking | None = None


def summary(user: User, filters: Filters) -> Summary:
    """Of what `user` may read and the filters leave. A fixed number of queries.

    Unfiltered, it is read from the counts that the database keeps.
    """
    rows = index.matching(user, filters)
    counts = kept(user) if filters == Filters() else counted(rows)
    districts, hours = counts[Chart.DISTRICT], counts[Chart.HOUR]
    total, pointed = sum(districts.values()), counts[Chart.POINT][1]
    return Summary(
        total=total,
        districts={key: n for key, n in districts.items() if key},
        wider=districts[0],
        years=dict(counts[Chart.YEAR]),
        undated=total - sum(counts[Chart.YEAR].values()),
        months=dict(counts[Chart.MONTH]),
        hijri_months=dict(counts[Chart.HIJRI]),
        weekdays=dict(counts[Chart.WEEKDAY]),
        hours=dict(hours),
        occasions=dict(counts[Chart.OCCASION]),
        untimed=total - sum(hours.values()),
        points=_points(rows) if 0 < pointed <= MOST_POINTS else [],
        too_many=pointed > MOST_POINTS,
        marking=highest_of(counts.marks),
    )


def _points(rows: "index.Rows") -> list[Point]:
    found = rows.order_by().filter(place_precision__in=POINTED, latitude__isnull=False)
    columns = ("pk", "title", "title_ur", "longitude", "latitude", "place_precision")
    return [Point(*row) for row in found.values_list(*columns)]
