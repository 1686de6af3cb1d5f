"""What is seen of the register, taken away as a file."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.freshness import fresh
from agencies.http import Request
from agencies.models import User
from agencies.page_marking import PageMarking
from audit.choices import Verb
from audit.record import record
from core.policy import lists
from incidents.forms import read_filters
from incidents.models import Incident
from incidents.selectors import Filters, exports

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Write = Callable[[User, Filters, IO[bytes]], tuple[int, PageMarking | None]]


@fresh
@require_safe
@lists(Incident)
def incident_csv(request: Request) -> FileResponse:
    """A table that a spreadsheet opens and no spreadsheet runs."""
    return _export(request, exports.write_csv, "csv", "text/csv; charset=utf-8")


@fresh
@require_safe
@lists(Incident)
def incident_xlsx(request: Request) -> FileResponse:
    """A workbook."""
    return _export(request, exports.write_xlsx, "xlsx", XLSX)


@fresh
@require_safe
@lists(Incident)
def incident_geojson(request: Request) -> FileResponse:
    """Points for a map."""
    return _export(request, exports.write_geojson, "geojson", "application/geo+json")


@fresh
@require_safe
@lists(Incident)
def incident_stix(request: Request) -> FileResponse:
    """A STIX 2.1 bundle, for systems that exchange what is known of threats."""
    return _export(request, exports.write_stix, "stix.json", "application/stix+json;version=2.1")


def _export(request: Request, write: Write, form: str, content_type: str) -> FileResponse:
    """The file is whole before it is handed out: then the transaction that knows who asks ends."""
    now = timezone.now()
    filters = read_filters(request.GET)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    with transaction.atomic():
        count, marking = write(request.user, filters, file)
        if request.method == "GET":
            record(
                Verb.INCIDENTS_EXPORTED,
                by=request.user,
                target=Incident,
                at=now,
                form=form,
                rows=count,
                asked=request.GET.urlencode()[:500],
            )
    file.seek(0)
    name = exports.name_of_file(f"incidents-{timezone.localdate(now).isoformat()}", marking, form)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response
