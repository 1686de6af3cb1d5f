"""The only door into the record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models
from django.utils import timezone
from psycopg import sql

from audit.choices import Verb
from audit.models import Event


class Actor(Protocol):
    """Whoever does a deed: a person with a post in an agency."""

    pk: Any
    agency_id: Any

    def post_line(self) -> str: ...


class OutsideTransaction(RuntimeError):
    """A deed was recorded outside the transaction that does it."""


def record(
    verb: Verb,
    *,
    by: Actor | None,
    target: models.Model | type[models.Model],
    at: datetime | None = None,
    **data: Any,
) -> None:
    """Write that `by` did `verb` to `target`; `data` holds plain JSON values that explain it.

    `by` is None when the machine did it; `target` is a model class when a whole list was meant.
    Raises OutsideTransaction outside `atomic`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(verb)
    _write([_event(verb, by, target, at or timezone.now(), data)])


def record_reads(
    records: Iterable[models.Model], *, by: Actor, at: datetime, not_since: datetime
) -> None:
    """Write that `by` read these records of one kind, but for those read by them since then."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(Verb.RECORD_READ)
    rows = {row.pk: row for row in records}
    if not rows:
        return
    label = next(iter(rows.values()))._meta.label_lower
    known = Event.objects.filter(
        verb=Verb.RECORD_READ,
        actor_id=by.pk,
        target_type=label,
        target_id__in=rows,
        at__gt=not_since,
    ).values_list("target_id", flat=True)
    for pk in known:
        rows.pop(pk, None)
    _write([_event(Verb.RECORD_READ, by, row, at, {}) for row in rows.values()])


def _write(events: list[Event]) -> None:
    """Add events and ask nothing back: all may write to the record, few may read in it.

    Django would ask for the number of each row, and PostgreSQL would then plan the whole rule of
    who reads the record, which takes many times longer than to write it.
    """
    if not events:
        return
    fields = [
        field
        for field in Event._meta.local_concrete_fields
        if not field.primary_key and field.db_default is models.NOT_PROVIDED
    ]
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(fields)))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
                sql.Identifier(Event._meta.db_table),
                sql.SQL(", ").join(sql.Identifier(field.attname) for field in fields),
                sql.SQL(", ").join([row] * len(events)),
            ),
            [
                field.get_db_prep_save(getattr(event, field.attname), connection)
                for event in events
                for field in fields
            ],
        )


def _event(
    verb: Verb,
    by: Actor | None,
    target: models.Model | type[models.Model],
    at: datetime,
    data: dict[str, Any],
) -> Event:
    row = None if isinstance(target, type) else target
    return Event(
        at=at,
        verb=verb,
        actor_id=by.pk if by else None,
        actor_name=by.post_line() if by else "",
        agency_id=by.agency_id if by else None,
        target_type=target._meta.label_lower,
        target_id=row.pk if row else None,
        target_ref=str(getattr(row, "reference", "") or row)[:200] if row else "",
        target_agency_id=getattr(row, "agency_id", None),
        data=data,
    )


def loaded_before(target: type[models.Model], fingerprint: str) -> bool:
    """Whether the last loading of this list was of the very same files."""
    last = (
        Event.objects.filter(
            verb=Verb.REFERENCE_LOADED, target_type=target._meta.label_lower, target_id=None
        )
        .order_by("-at", "-id")
        .first()
    )
    return last is not None and last.data.get("fingerprint") == fingerprint
