"""The record as files: what the reader sees on the page, and no more."""

import csv
import json
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone

from audit.choices import ROW_VERBS
from audit.models import Event
from audit.policies import Reader
from audit.selectors.doors import openable, posts_of, record_of
from core.cells import plain_cell

AT_ONCE = 500
COLUMNS = (
    "id",
    "at",
    "verb",
    "actor_id",
    "actor",
    "agency_id",
    "posting_id",
    "target_type",
    "target_id",
    "target_ref",
    "target_agency_id",
    "whole_type",
    "whole_id",
    "columns",
    "request_id",
    "address",
    "transaction_id",
)


def write_csv(user: Reader, events: QuerySet[Event], file: IO[bytes]) -> None:
    """A table; of a changed row the names of its changed columns."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for event, who, _may_read in _told(user, events):
        row = _plain(event, who)
        row["columns"] = " ".join(row["columns"])
        writer.writerow([plain_cell(row[name]) for name in COLUMNS])
    text.detach()


def write_lines(user: Reader, events: QuerySet[Event], file: IO[bytes]) -> None:
    """JSON lines; what rows held before and after only where the reader may open the record."""
    for event, who, may_read in _told(user, events):
        row = _plain(event, who)
        if may_read:
            row["data"] = event.data
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def _told(user: Reader, events: QuerySet[Event]) -> Iterator[tuple[Event, str, bool]]:
    """Each event, its post, and whether its content may be told; some hundred at a time."""
    stream = events.order_by("at", "id").iterator(chunk_size=AT_ONCE)
    while part := list(islice(stream, AT_ONCE)):
        open_to = openable(user, {record_of(each) for each in part})
        posts = posts_of(part)
        for event in part:
            yield event, posts.get(event.pk, ""), record_of(event) in open_to


def _plain(event: Event, who: str) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if event.verb in ROW_VERBS:
        changed = {**(event.data.get("before") or {}), **(event.data.get("after") or {})}
    return {
        "id": event.pk,
        "at": timezone.localtime(event.at).isoformat(),
        "verb": event.verb,
        "actor_id": event.actor_id,
        "actor": who,
        "agency_id": event.agency_id,
        "posting_id": event.posting_id,
        "target_type": event.target_type,
        "target_id": event.target_id,
        "target_ref": event.target_ref,
        "target_agency_id": event.target_agency_id,
        "whole_type": event.whole_type,
        "whole_id": event.whole_id,
        "columns": list(changed),
        "request_id": str(event.request_id) if event.request_id else None,
        "address": event.address,
        "transaction_id": event.transaction_id,
    }
