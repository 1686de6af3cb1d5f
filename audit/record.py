"""The only door into the record."""

from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models
from django.utils import timezone

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
    target: models.Model,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Write that `by` did `verb` to `target`; `data` holds plain JSON values that explain it.

    `by` is None when the machine did it. Raises OutsideTransaction outside `atomic`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(verb)
    return Event.objects.create(
        at=at or timezone.now(),
        verb=verb,
        actor_id=by.pk if by else None,
        actor_name=by.post_line() if by else "",
        agency_id=by.agency_id if by else None,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_ref=str(getattr(target, "reference", "") or target)[:200],
        target_agency_id=getattr(target, "agency_id", None),
        data=data,
    )
