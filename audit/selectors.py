"""Deeds as far as a reader's remit goes, and what of each may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from audit.models import Event, EventQuerySet
from audit.policies import Reader, can_read_audit, has_whole_remit
from core import keyset

KEY = ("at", "id")


@dataclass(frozen=True)
class Deed:
    """One row of the page: the event, the words for its record, and the way there if allowed."""

    event: Event
    what: str
    url: str


def events_in_remit(user: Reader) -> EventQuerySet:
    """Deeds done to the records of the reader's agency; to every agency's for oversight."""
    if not can_read_audit(user):
        return Event.objects.none()
    if has_whole_remit(user):
        return Event.objects.all()
    return Event.objects.filter(target_agency_id=user.agency_id)


def deed_page(user: Reader, *, verb: str, record: str, cursor: str) -> keyset.Page[Event]:
    """One page of them, newest first; `record` is a reference or its beginning."""
    events = events_in_remit(user).asked(verb=verb, record=record)
    return keyset.page(events, KEY, cursor=cursor)


def as_deeds(user: Reader, events: Iterable[Event]) -> list[Deed]:
    """The rows with links to those records that the reader may open, and to no other.

    One query for each kind of record on the page. Of a record that may not be opened nothing but
    its reference is shown, and where it has none, its kind and number.
    """
    rows = list(events)
    open_to = _visible(user, rows)
    return [_deed(event, open_to.get((event.target_type, event.target_id))) for event in rows]


def _deed(event: Event, record: Model | None) -> Deed:
    url = record.get_absolute_url() if record and hasattr(record, "get_absolute_url") else ""
    if event.target_ref and not event.target_ref.startswith("#"):
        return Deed(event, event.target_ref, url)
    kind = _kind(event.target_type)
    return Deed(event, f"{kind} #{event.target_id}" if event.target_id else kind, url)


def _kind(target_type: str) -> str:
    try:
        return str(apps.get_model(target_type)._meta.verbose_name)
    except LookupError:
        return target_type


def _visible(user: Reader, events: Sequence[Event]) -> dict[tuple[str, int | None], Model]:
    """The records among them that the reader may see, by kind and number."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.target_id is not None:
            wanted[event.target_type].add(event.target_id)
    found: dict[tuple[str, int | None], Model] = {}
    for target_type, ids in wanted.items():
        for record in _door(user, target_type, ids):
            found[target_type, record.pk] = record
    return found


def _door(user: Reader, target_type: str, ids: set[int]) -> Iterable[Any]:
    """Records through the one door; kinds without one are never linked."""
    try:
        manager: Any = apps.get_model(target_type)._default_manager
    except LookupError:
        return ()
    if not hasattr(manager, "visible_to"):
        return ()
    rows: Iterable[Any] = manager.visible_to(user).filter(pk__in=ids)
    return rows
