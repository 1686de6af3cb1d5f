"""What is seen of the record, as a file.

The file is written before it is handed out: once the answer streams, the transaction that knows
who asks is over.
"""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.choices import Verb
from audit.models import Event
from audit.policies import Reader
from audit.record import record
from audit.selectors.deeds import asked_for
from audit.selectors.files import write_csv, write_lines
from audit.views import asking

Write = Callable[[Reader, QuerySet[Event], IO[bytes]], None]


@require_safe
@asking.for_readers
def event_csv(request: HttpRequest) -> FileResponse:
    """A table that a spreadsheet opens."""
    return _export(request, write_csv, "csv", "text/csv; charset=utf-8")


@require_safe
@asking.for_readers
def event_lines(request: HttpRequest) -> FileResponse:
    """JSON lines."""
    return _export(request, write_lines, "jsonl", "application/x-ndjson; charset=utf-8")


def _export(request: HttpRequest, write: Write, form: str, content_type: str) -> FileResponse:
    """The file of what the filters ask for; taking it is a deed as well."""
    user = asking.reader(request)
    filters = asking.filters(request)
    now = timezone.now()
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    with transaction.atomic():
        write(user, asked_for(user, filters), file)
        if request.method == "GET":
            record(
                Verb.AUDIT_EXPORTED,
                by=user,
                target=Event,
                at=now,
                form=form,
                asked=asking.asked(request),
            )
    file.seek(0)
    name = f"record-{timezone.localdate(now).isoformat()}.{form}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response
