"""A batch of rows onto the register: what is new is added, what changed is brought up to date.

All of a batch or nothing of it: the caller holds the transaction, in which the place in the file
is written too, so that a stop in the middle loses no row and stores none twice.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import localtime

from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core import bulk
from incidents.choices import CasualtyGroup
from incidents.loading import mapped
from incidents.loading.sorting import Sorted, Taken, sorted_out
from incidents.models import CasualtyCount, DataRow, Import, Incident, Source
from incidents.models.imports import OUT_OF_ORDER, WITHDRAWN, origin

LONGEST_REFERENCE = 40
DIGEST = 10


@dataclass(frozen=True)
class Stored:
    """What a batch came to."""

    added: int = 0
    updated: int = 0
    same: int = 0
    # Number of the row and reference of the withdrawn record.
    withheld: list[tuple[int, str]] = field(default_factory=list)

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(
            self.added + other.added,
            self.updated + other.updated,
            self.same + other.same,
            self.withheld + other.withheld,
        )


def would_come_to(batch: Import, rows: Sequence[Taken], *, by: User) -> Stored:
    """What storing these rows would come to."""
    found = sorted_out(batch, rows, by=by)
    return Stored(len(found.new), len(found.changed), found.same, _told(found))


def _told(found: Sorted) -> list[tuple[int, str]]:
    return [(row.number, known.reference) for row, known in found.withheld]


def store(batch: Import, rows: Sequence[Taken], *, by: User, at: datetime) -> Stored:
    """Put the rows on the register, and say so in the record of deeds."""
    found = sorted_out(batch, rows, by=by)
    if found.new:
        _add(batch, found.new, by=by, at=at)
    updated = sum(
        _bring_up_to_date(batch, row, known.pk, by=by, at=at) for row, known in found.changed
    )
    for row, known in found.withheld:
        _keep_beside(batch, row, known.pk, at=at)
    if found.new or updated:
        counted = {"added": len(found.new), "updated": updated}
        record(Verb.INCIDENTS_LOADED, by=by, target=batch, at=at, **counted)
    same = found.same + len(found.changed) - updated
    return Stored(len(found.new), updated, same, _told(found))


def _add(batch: Import, rows: Sequence[Taken], *, by: User, at: datetime) -> None:
    common: dict[str, Any] = {
        "agency_id": batch.agency_id,
        "tlp": batch.tlp,
        "classification": batch.classification,
        "recorded_at": at,
        "recorded_by_id": by.pk,
    }
    today = localtime(at).date()
    by_origin = {origin(batch.list_key, each.draft.key): each for each in rows}
    numbers = bulk.insert(
        Incident,
        [
            common
            | each.columns
            | {
                "sort_date": each.columns["on_date"] or today,
                "origin": name,
                "reference": _reference(batch, each.draft.key, by),
            }
            for name, each in by_origin.items()
        ],
        known_by="origin",
    )
    placed = [(numbers[name], each) for name, each in by_origin.items()]
    sources = bulk.insert(
        Source,
        [{"incident_id": pk} | said for pk, row in placed if (said := _source(row))],
        known_by="incident_id",
    )
    bulk.insert(
        CasualtyCount,
        [
            {"incident_id": pk, "position": 0, "source_id": sources.get(pk)} | count
            for pk, row in placed
            for count in _counts(row, batch, by=by, at=at)
        ],
    )
    bulk.insert(DataRow, [_data_row(batch, row, pk, version=1, at=at) for pk, row in placed])


def _bring_up_to_date(batch: Import, row: Taken, pk: int, *, by: User, at: datetime) -> bool:
    """A newer version of a row. What a person has corrected since stays as they put it."""
    incident = Incident.objects.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
    last = _last(pk)
    if last is None:
        return False
    columns = row.columns
    untouched = [
        name
        for name, value in columns.items()
        if plain(getattr(incident, name)) == last.said.get(name)
        and plain(value) != last.said.get(name)
    ]
    for name in untouched:
        setattr(incident, name, columns[name])
    if "on_date" in untouched:
        incident.sort_date = columns["on_date"] or localtime(incident.recorded_at).date()
    incident.lock_version += 1
    incident.save(update_fields=[*untouched, "sort_date", "lock_version"])
    _add_counts(batch, row, incident, by=by, at=at)
    bulk.insert(DataRow, [_data_row(batch, row, pk, version=last.version + 1, at=at)])
    record(Verb.INCIDENT_CHANGED, by=by, target=incident, at=at, fields=sorted(untouched))
    return True


def _add_counts(batch: Import, row: Taken, incident: Incident, *, by: User, at: datetime) -> None:
    """What the newer version counts joins the series, unless it is what the last one counted."""
    source = _source_of(row, incident)
    counts = _counts(row, batch, by=by, at=at)
    theirs = incident.casualty_counts.filter(reported_by=batch.data_set)
    position = theirs.order_by("-position").values_list("position", flat=True).first()
    before = theirs.filter(position=position or 0).order_by("pk").values_list(*COUNTED)
    if list(before) == [tuple(each[name] for name in COUNTED) for each in counts]:
        return
    highest = incident.casualty_counts.order_by("-position").values_list("position", flat=True)
    place = {
        "incident_id": incident.pk,
        "position": (highest.first() or 0) + 1,
        "source_id": source,
    }
    bulk.insert(CasualtyCount, [place | each for each in counts])


def _source_of(row: Taken, incident: Incident) -> int | None:
    told = _source(row)
    if not told:
        return None
    source, _new = Source.objects.get_or_create(
        incident=incident,
        title=told["title"],
        url=told["url"],
        published=told["published"],
    )
    return source.pk


def _keep_beside(batch: Import, row: Taken, pk: int, *, at: datetime) -> None:
    """The row as published, beside a record that was withdrawn and does not take it up."""
    last = _last(pk)
    if last is not None:
        kept = _data_row(batch, row, pk, version=last.version + 1, at=at)
        kept |= {"said": last.said, "notes": [*row.draft.notes, WITHDRAWN]}
        bulk.insert(DataRow, [kept])


def _last(pk: int) -> DataRow | None:
    return DataRow.objects.filter(incident=pk).order_by("-version").first()


def _reference(batch: Import, key: str, by: User) -> str:
    """By agency, data set and the row's own number: nobody else's records stand in its way."""
    told = f"INC-{by.agency.code}-{batch.list_key.removeprefix(f'{mapped.SCHEME}:')}-{key}"
    if len(told) <= LONGEST_REFERENCE and told.isascii() and " " not in told:
        return told
    digest = hashlib.sha256(origin(batch.list_key, key).encode()).hexdigest()
    return f"INC-{by.agency.code[:20]}-{digest[:DIGEST].upper()}"


def _source(row: Taken) -> dict[str, str]:
    said = row.draft.source
    return {"title": said.title, "url": said.url, "published": said.published} if said else {}


COUNTED = ("group", "state", "low", "best", "high", "is_out_of_order", "note")


def _counts(row: Taken, batch: Import, *, by: User, at: datetime) -> list[dict[str, Any]]:
    crooked = OUT_OF_ORDER in row.draft.notes
    return [
        {
            "group": each.group,
            "state": each.state,
            "low": each.low,
            "best": each.best,
            "high": each.high,
            "is_out_of_order": crooked and each.group == CasualtyGroup.EVERYBODY,
            "reported_by": batch.data_set,
            "note": each.note,
            "recorded_at": at,
            "recorded_by_id": by.pk,
        }
        for each in row.draft.counts
    ]


def _data_row(
    batch: Import, row: Taken, incident: int, *, version: int, at: datetime
) -> dict[str, Any]:
    return {
        "incident_id": incident,
        "batch_id": batch.pk,
        "scheme": batch.scheme,
        "version": version,
        "sha256": row.sha256,
        "cells": row.cells,
        "said": row.columns,
        "notes": list(row.draft.notes),
        "stored_at": at,
    }


def plain(value: Any) -> Any:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, date | time) else value
