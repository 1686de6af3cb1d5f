"""Incidents counted by chart: from the counts that the database keeps, or row by row."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour

from agencies.models import SharingGroup, User
from core import hijri
from incidents.choices import ON_A_DAY, POINTED, TIMED, Chart, Precision
from incidents.models import Incident, IncidentShare, Tally

IN_A_MONTH = (Precision.MONTH, *ON_A_DAY)

Marks = tuple[str, str, list[str]]


@dataclass
class Counts:
    """Of each chart the bars, and every marking that was counted."""

    charts: dict[str, Counter[Any]] = field(default_factory=lambda: defaultdict(Counter))
    marks: list[Marks] = field(default_factory=list)

    def __getitem__(self, chart: Chart) -> Counter[Any]:
        """The bars of one chart: numbers, or codes of occasions."""
        return self.charts[chart]

    def add(self, others: "Counts") -> None:
        """Count these too."""
        for chart, bars in others.charts.items():
            self.charts[chart].update(bars)
        self.marks += others.marks


def kept(user: User) -> Counts:
    """Of all that `user` may read.

    What the marking opens is summed up from the kept counts; what is open to this reader only
    because it was passed on, is counted.
    """
    tallies = Tally.objects.visible_to(user)
    passed = _passed_to(user)
    found = Counts()
    bars = tallies.values_list("tlp", "classification", "caveats", "chart", "key")
    for tlp, classification, caveats, chart, key, n in bars.annotate(sum=Sum("n")):
        if n:
            found.charts[chart][key if chart == Chart.OCCASION else int(key)] += n
            if chart == Chart.DISTRICT:
                found.marks.append((tlp, classification, caveats))
    if passed.exists():
        found.add(counted(passed))
    return found


def _passed_to(user: User) -> "QuerySet[Incident]":
    """What `user` reads because it was passed to them, and not by its marking alone."""
    groups = SharingGroup.objects.filter(agencies=user.agency_id).values("pk")
    to_them = IncidentShare.objects.filter(
        Q(to_agency=user.agency_id) | Q(to_person=user.pk) | Q(to_group__in=groups)
    )
    passed = Incident.objects.filter(pk__in=to_them.values("record"))
    return passed.visible_to(user).standing().exclude(Tally.objects.marking_allows(user))


def counted(rows: "QuerySet[Incident, Any]") -> Counts:
    """Of these rows. A fixed number of queries."""
    rows = rows.order_by()
    days = _days(rows)
    on_day = {day: n for (day, precision), n in days.items() if precision in ON_A_DAY}
    in_month = {day: n for (day, precision), n in days.items() if precision in IN_A_MONTH}
    found = Counts(marks=list(rows.values_list("tlp", "classification", "caveats").distinct()))
    found.charts[Chart.DISTRICT] = Counter({key or 0: n for key, n in _districts(rows)})
    found.charts[Chart.YEAR] = _by(lambda day: day.year, in_month) + _whole_years(rows)
    found.charts[Chart.MONTH] = _by(lambda day: day.month, in_month)
    found.charts[Chart.HIJRI] = _hijri(on_day)
    found.charts[Chart.WEEKDAY] = _by(date.weekday, on_day)
    found.charts[Chart.HOUR] = _hours(rows)
    on_occasion = rows.exclude(occasion="").values_list("occasion").annotate(n=Count("pk"))
    found.charts[Chart.OCCASION] = Counter(dict(on_occasion))
    pointed = rows.filter(place_precision__in=POINTED, latitude__isnull=False)
    found.charts[Chart.POINT] = Counter({1: pointed.count()})
    return found


def _districts(rows: "QuerySet[Incident, Any]") -> Any:
    return rows.values_list("district_id").annotate(n=Count("pk"))


def _days(rows: "QuerySet[Incident, Any]") -> dict[tuple[date, str], int]:
    found = rows.exclude(on_date=None).values_list("on_date", "precision")
    return {(day, precision): n for day, precision, n in found.annotate(n=Count("pk"))}


def _whole_years(rows: "QuerySet[Incident, Any]") -> Counter[int]:
    """Ranges that begin and end in one year are in that year, though on no day of it."""
    ranges = rows.filter(precision=Precision.RANGE)
    within = ranges.values_list("on_date__year", "until_date__year").annotate(n=Count("pk"))
    return Counter({first: n for first, last, n in within if first == last})


def _by(part: Callable[[date], int], days: dict[date, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for day, n in days.items():
        found[part(day)] += n
    return found


def _hijri(days: dict[date, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for day, n in days.items():
        if there := hijri.calculated(day):
            found[there.month] += n
    return found


def _hours(rows: "QuerySet[Incident, Any]") -> Counter[int]:
    timed = rows.filter(precision__in=TIMED).annotate(hour=ExtractHour("at_time"))
    return Counter(dict(timed.values_list("hour").annotate(n=Count("pk"))))
