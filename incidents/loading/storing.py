"""A batch of rows onto the register: what is new is added, what changed is brought up to date.

All of a batch or nothing of it: the caller holds the transaction, in which the place in the file
is written too, so that a stop in the middle loses no row and stores none twice.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Subquery
from django.utils.timezone import localtime

from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core import bulk
from incidents.choices import CasualtyGroup
from incidents.loading import mapped
from incidents.loading.drafts import Draft
from incidents.models import CasualtyCount, DataRow, Import, Incident, Source
from incidents.models.imports import OUT_OF_ORDER, origin

LONGEST_REFERENCE = 40
DIGEST = 10


@dataclass(frozen=True)
class Taken:
    """A row and what it says."""

    number: int
    cells: dict[str, str]
    draft: Draft

    @property
    def sha256(self) -> str:
        """Of the cells: the same row, wherever it stands in whatever file, is the same."""
        told = json.dumps(self.cells, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Stored:
    """What a batch came to."""

    added: int = 0
    updated: int = 0
    same: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(
            self.added + other.added, self.updated + other.updated, self.same + other.same
        )


def sorted_out(
    batch: Import, rows: Sequence[Taken], *, by: User
) -> tuple[list[Taken], list[tuple[Taken, int]], int]:
    """New rows, changed rows with the incident of each, and how many are known already.

    Of two rows with one key the later holds, as it would in two files.
    """
    latest = {origin(batch.list_key, each.draft.key): each for each in rows}
    known = _known(list(latest), by)
    new = [each for name, each in latest.items() if name not in known]
    changed = [
        (each, known[name][0])
        for name, each in latest.items()
        if name in known and known[name][1] != each.sha256
    ]
    return new, changed, len(rows) - len(new) - len(changed)


def _known(origins: list[str], by: User) -> dict[str, tuple[int, str]]:
    newest = DataRow.objects.filter(incident=OuterRef("pk")).order_by("-version")
    rows = (
        Incident.objects.visible_to(by)
        .filter(agency_id=by.agency_id, origin__in=origins)
        .values_list("origin", "pk", Subquery(newest.values("sha256")[:1]))
    )
    return {name: (pk, sha256 or "") for name, pk, sha256 in rows}


def store(batch: Import, rows: Sequence[Taken], *, by: User, at: datetime) -> Stored:
    """Put the rows on the register, and say so in the record of deeds."""
    new, changed, same = sorted_out(batch, rows, by=by)
    if new:
        _add(batch, new, by=by, at=at)
    updated = sum(_bring_up_to_date(batch, row, pk, by=by, at=at) for row, pk in changed)
    if new or updated:
        record(Verb.INCIDENTS_LOADED, by=by, target=batch, at=at, added=len(new), updated=updated)
    return Stored(added=len(new), updated=updated, same=same + len(changed) - updated)


def _add(batch: Import, rows: Sequence[Taken], *, by: User, at: datetime) -> None:
    common: dict[str, Any] = {
        "agency_id": batch.agency_id,
        "tlp": batch.tlp,
        "classification": batch.classification,
        "recorded_at": at,
        "recorded_by": by,
    }
    today = localtime(at).date()
    by_origin = {origin(batch.list_key, each.draft.key): each for each in rows}
    numbers = bulk.insert(
        [
            Incident(
                **common,
                **(columns := each.draft.columns()),
                sort_date=columns["on_date"] or today,
                origin=name,
                reference=_reference(batch, each.draft.key, by),
            )
            for name, each in by_origin.items()
        ],
        known_by="origin",
    )
    placed = [(numbers[name], each) for name, each in by_origin.items()]
    sources = bulk.insert(
        [source for pk, row in placed if (source := _source(pk, row))], known_by="incident_id"
    )
    bulk.insert(
        [
            count
            for pk, row in placed
            for count in _counts(pk, row, sources.get(pk), batch, position=0, by=by, at=at)
        ]
    )
    bulk.insert([_data_row(batch, row, pk, version=1, at=at) for pk, row in placed])


def _bring_up_to_date(batch: Import, row: Taken, pk: int, *, by: User, at: datetime) -> bool:
    """A newer version of a row. What a person has corrected since stays as they put it."""
    incident = Incident.objects.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
    try:
        last = DataRow.objects.filter(incident=incident).latest("version")
    except ObjectDoesNotExist:
        return False
    columns = row.draft.columns()
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
    told = _source(pk, row)
    source = None
    if told:
        source, _new = Source.objects.get_or_create(
            incident=incident, title=told.title, url=told.url, published=told.published
        )
    position = (
        incident.casualty_counts.order_by("-position").values_list("position", flat=True).first()
        or 0
    ) + 1
    CasualtyCount.objects.bulk_create(
        _counts(pk, row, source.pk if source else None, batch, position=position, by=by, at=at)
    )
    _data_row(batch, row, pk, version=last.version + 1, at=at).save()
    record(Verb.INCIDENT_CHANGED, by=by, target=incident, at=at, fields=sorted(untouched))
    return True


def _reference(batch: Import, key: str, by: User) -> str:
    """By agency, data set and the row's own number: nobody else's records stand in its way."""
    told = f"INC-{by.agency.code}-{batch.list_key.removeprefix(f'{mapped.SCHEME}:')}-{key}"
    if len(told) <= LONGEST_REFERENCE and told.isascii() and " " not in told:
        return told
    digest = hashlib.sha256(origin(batch.list_key, key).encode()).hexdigest()
    return f"INC-{by.agency.code[:20]}-{digest[:DIGEST].upper()}"


def _source(incident: int, row: Taken) -> Source | None:
    said = row.draft.source
    if said is None:
        return None
    return Source(incident_id=incident, title=said.title, url=said.url, published=said.published)


def _counts(
    incident: int,
    row: Taken,
    source: int | None,
    batch: Import,
    *,
    position: int,
    by: User,
    at: datetime,
) -> list[CasualtyCount]:
    crooked = OUT_OF_ORDER in row.draft.notes
    return [
        CasualtyCount(
            incident_id=incident,
            group=each.group,
            state=each.state,
            low=each.low,
            best=each.best,
            high=each.high,
            is_out_of_order=crooked and each.group == CasualtyGroup.EVERYBODY,
            position=position,
            reported_by=batch.data_set,
            source_id=source,
            note=each.note,
            recorded_at=at,
            recorded_by=by,
        )
        for each in row.draft.counts
    ]


def _data_row(batch: Import, row: Taken, incident: int, *, version: int, at: datetime) -> DataRow:
    return DataRow(
        incident_id=incident,
        batch=batch,
        scheme=batch.scheme,
        version=version,
        sha256=row.sha256,
        cells=row.cells,
        said={name: plain(value) for name, value in row.draft.columns().items()},
        notes=list(row.draft.notes),
        stored_at=at,
    )


def plain(value: Any) -> Any:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, date | time) else value
