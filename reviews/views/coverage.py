"""Whether every incident is reviewed, as a page and as a table to take away."""

import csv
from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.http import Request
from agencies.page_marking import marking_of
from core.cells import plain_cell
from core.keyset import BadCursor
from core.policy import lists
from incidents.models import Incident
from reviews.forms.coverage import CoverageForm
from reviews.models import Review
from reviews.selectors.coverage import Asked, Coverage, Row, coverage


def _asked(form: CoverageForm) -> Asked:
    told = form.cleaned_data
    return Asked(
        since=told["since"],
        until=told["until"],
        province=told["province"].pk if told["province"] else None,
        agency=told["agency"].pk if told["agency"] else None,
        tier=told["tier"],
    )


@require_safe
@lists(Incident, Review)
def review_coverage(request: Request) -> HttpResponse:
    """By district, agency and tier, with the missing named."""
    form = CoverageForm(request.GET)
    sound = form.is_valid()
    cursor = request.GET.get("cursor", "")
    try:
        found = coverage(request.user, _asked(form), cursor=cursor) if sound else None
    except BadCursor as error:
        raise Http404 from error
    asked = request.GET.copy()
    asked.pop("cursor", None)
    context = {
        "form": form,
        "found": found,
        "tables": _tables(found) if found else [],
        "marking": marking_of(found.missing) if found else None,
        "query": asked.urlencode(),
    }
    return render(request, "reviews/review_coverage.html", context, status=200 if sound else 422)


@require_safe
@lists(Incident, Review)
def coverage_file(request: Request) -> HttpResponse:
    """The same counts as CSV."""
    form = CoverageForm(request.GET)
    if not form.is_valid():
        return review_coverage(request)
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="coverage.csv"',
            "Cache-Control": "private, no-store",
        },
    )
    lines = csv.writer(answer)
    lines.writerow(["by", "name", "incidents", "published", "published_in_time", "approved",
                    "being_written", "deferred", "no_review_within_limit",
                    "no_review_past_limit", "median_days", "p90_days"])  # fmt: skip
    lines.writerows(_lines(coverage(request.user, _asked(form))))
    return answer


def _lines(found: Coverage) -> Iterator[list[str]]:
    kinds = {
        "all": [found.total],
        "district": found.districts,
        "agency": found.agencies,
        "tier": found.tiers,
    }
    for kind, rows in kinds.items():
        for row in rows:
            said = (row.name, row.incidents, row.published, row.in_time, row.approved)
            more = (row.written, row.deferred, row.waiting, row.missing, row.middle, row.ninth)
            yield [plain_cell(each) for each in (kind, *said, *more)]


def _tables(found: Coverage) -> list[tuple[str, list[Row]]]:
    return [
        (_("All"), [found.total]),
        (_("By district"), found.districts),
        (_("By agency"), found.agencies),
        (_("By tier"), found.tiers),
    ]
