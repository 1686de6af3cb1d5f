"""Deeds as far as a reader's remit goes, and what of each may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from audit.models import Event, EventQuerySet
from audit.policies import Reader, can_read_audit, has_whole_remit
from audit.selectors.doors import kind_words, openable, posts_of, record_of
from audit.selectors.filters import Filters
from core import keyset

KEY = ("at", "id")


@dataclass(frozen=True)
class Deed:
    """One row of the page: the event, the words for its record, and the way there if allowed."""

    event: Event
    what: str
    url: str
    who: str

    @property
    def life(self) -> tuple[str, int] | None:
        """Where the whole life of the record is shown: that of the whole, for a part."""
        kind, number = record_of(self.event)
        return (kind, number) if number is not None else None


def events_in_remit(user: Reader) -> EventQuerySet:
    """Deeds done to the records of the reader's agency; to every agency's for oversight."""
    return _remit(user, Event.objects.all())


def everything_in_remit(user: Reader) -> EventQuerySet:
    """The same with the changes of rows."""
    return _remit(user, Event.everything.all())


def _remit(user: Reader, events: EventQuerySet) -> EventQuerySet:
    if not can_read_audit(user):
        return events.none()
    if has_whole_remit(user):
        return events
    return events.filter(target_agency_id=user.agency_id)


def asked_for(user: Reader, filters: Filters) -> EventQuerySet:
    """What of the remit fits the filters."""
    return filters.narrow(everything_in_remit(user) if filters.rows else events_in_remit(user))


def deed_page(user: Reader, filters: Filters, *, cursor: str) -> keyset.Page[Event]:
    """One page of them, newest first."""
    return keyset.page(asked_for(user, filters), KEY, cursor=cursor)


def as_deeds(user: Reader, events: Iterable[Event]) -> list[Deed]:
    """The rows with links to those records that the reader may open, and to no other.

    One query for each kind of record on the page. Of a record that may not be opened nothing but
    its reference is shown, and where it has none, its kind and number.
    """
    rows = list(events)
    open_to = openable(user, ((each.target_type, each.target_id) for each in rows))
    posts = posts_of(rows)
    return [
        _deed(
            event,
            open_to.get((event.target_type, event.target_id)),
            posts.get(event.pk, ""),
        )
        for event in rows
    ]


def _deed(event: Event, record: Model | None, who: str) -> Deed:
    url = record.get_absolute_url() if record and hasattr(record, "get_absolute_url") else ""
    if event.target_ref and not event.target_ref.startswith("#"):
        return Deed(event, event.target_ref, url, who)
    kind = kind_words(event.target_type)
    what = f"{kind} #{event.target_id}" if event.target_id else kind
    return Deed(event, what, url, who)
