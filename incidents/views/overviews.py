"""Where and when: the map, the charts and the tables of the same numbers."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.http import Request
from core import hijri, text
from core.bars import Bar, bar_chart, lying_bar
from core.policy import lists
from incidents.choices import POINTED, Occasion, PlacePrecision
from incidents.forms import read_columns, read_filters
from incidents.models import Incident
from incidents.selectors.summaries import Point, Summary, summary
from incidents.views import registers
from places.choropleth import Drawn, Mark, choropleth, ground
from places.geometry import credit

# How far from the point that is drawn the place may be, and the class of its mark.
WITHIN_KM = {PlacePrecision.EXACT.value: 0, PlacePrecision.NEAR.value: 25}
MARKS = {PlacePrecision.EXACT: "sure", PlacePrecision.NEAR: "near"}


@require_safe
@lists(Incident)
def incident_overview(request: Request) -> HttpResponse:
    """Of what this person may read, narrowed as the register is."""
    filters = read_filters(request.GET)
    found = summary(request.user, filters)
    context = registers.filter_context(request, filters, read_columns(request.GET)) | {
        "found": found,
        "total": f"{found.total:,}",
        "marking": found.marking,
        "map": choropleth(
            found.districts,
            title=_("Incidents by district"),
            label=_label,
            address=lambda pk: _register(request, district=str(pk)),
            marks=[_mark(each) for each in found.points],
        ),
        "drawn": _drawn(found),
        "credit": credit(),
        "districts": _districts(request, found),
        "charts": _charts(request, found),
        "by_occasion": _occasions(request, found),
        "on_no_occasion": _left_out(
            found.total - sum(found.occasions.values()), _("on no occasion that is known")
        ),
    }
    return render(request, "incidents/incident_overview.html", context)


def _mark(point: Point) -> Mark:
    title = point.title_ur if point.title_ur and text.language() == "ur" else point.title
    words = f"{title}: {PlacePrecision(point.precision).label}"
    url = reverse("incidents:incident_detail", args=[point.pk])
    return Mark(point.east, point.north, WITHIN_KM[point.precision], words, url)


def _drawn(found: Summary) -> list[tuple[str, str, int]]:
    """How exactly the places are known: the mark that stands for each step, its words, how many."""
    if found.too_many:
        return []
    counts = Counter(each.precision for each in found.points)
    steps = [
        (MARKS[step], str(PlacePrecision(step).label), counts[step])
        for step in POINTED
        if counts[step]
    ]
    rest = found.total - len(found.points)
    return [*steps, ("", _("no closer than the district, or no point recorded"), rest)]


def _label(district: Drawn) -> str:
    return district.name_ur if district.name_ur and text.language() == "ur" else district.name


def _register(request: HttpRequest, **narrowed: str) -> str:
    """The register as this page is narrowed, and further."""
    query = request.GET.copy()
    query.pop("cursor", None)
    for name, value in narrowed.items():
        query[name] = value
    return f"{reverse('incidents:incident_list')}?{query.urlencode()}"


def _districts(request: HttpRequest, found: Summary) -> list[tuple[str, int, str]]:
    """Name, number, address; the most first."""
    names = {each.pk: _label(each) for each in ground().districts}
    rows = [
        (names[pk], number, _register(request, district=str(pk)))
        for pk, number in found.districts.items()
        if pk in names
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _occasions(request: HttpRequest, found: Summary) -> list[tuple[str, int, str, str]]:
    """Name, number, address, bar; the most first."""
    most = max(found.occasions.values(), default=0)
    return [
        (
            *(str(Occasion(code).label), number),
            *(_register(request, occasion=code), lying_bar(number, most)),
        )
        for code, number in sorted(found.occasions.items(), key=lambda each: -each[1])
    ]


def _charts(request: HttpRequest, found: Summary) -> list[dict[str, object]]:
    """Each chart with its heading, what it leaves out, and the same numbers as rows."""
    language = text.language()
    years = range(min(found.years, default=0), max(found.years, default=-1) + 1)
    told = [
        (
            *("years", _("By year"), [(str(year), found.years.get(year, 0)) for year in years]),
            _left_out(found.undated, _("known to no one year")),
        ),
        (
            *("months", _("By month"), _named(text.MONTHS[language], found.months, first=1)),
            _("All years together."),
        ),
        (
            "hijri",
            _("By Hijri month"),
            _named(hijri.MONTHS[language], found.hijri_months, first=1),
            _("By calculation; in Pakistan a month may begin up to two days later."),
        ),
        (
            *("weekdays", _("By weekday"), _named(text.WEEKDAYS[language], found.weekdays)),
            _("Only what is known to the day."),
        ),
        (
            "hours",
            _("By hour"),
            [(f"{hour:02d}", found.hours.get(hour, 0)) for hour in range(24)],
            _left_out(found.untimed, _("whose time nobody recorded")),
        ),
    ]
    return [
        {
            "key": key,
            "title": title,
            "note": note,
            "rows": rows,
            "svg": bar_chart(
                [
                    Bar(
                        label,
                        number,
                        f"{label}: {number:,}",
                        _register(request, year=label) if key == "years" else "",
                    )
                    for label, number in rows
                ],
                key=key,
                title=title,
            ),
        }
        for key, title, rows, note in told
        if len(rows) > 1 and any(number for _label, number in rows)
    ]


def _named(
    names: tuple[str, ...], numbers: dict[int, int], first: int = 0
) -> list[tuple[str, int]]:
    return [(name, numbers.get(number, 0)) for number, name in enumerate(names, first)]


def _left_out(number: int, which: str) -> str:
    if not number:
        return ""
    return _("Left out: %(n)s %(which)s.") % {"n": f"{number:,}", "which": which}
