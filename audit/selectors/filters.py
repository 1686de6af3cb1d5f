"""What an auditor asks for, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from audit.choices import Verb
from audit.models import Event, EventQuerySet

LONGEST = 200


@dataclass(frozen=True)
class Filters:
    """Each narrows; blank narrows nothing. `rows` shows the changes of rows too."""

    verb: str = ""
    record: str = ""
    post: str = ""
    agency: int | None = None
    since: date | None = None
    until: date | None = None
    request: UUID | None = None
    rows: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != Filters()

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """The events that fit."""
        events = events.asked(
            verb=self.verb,
            record=self.record,
            since=_midnight(self.since) if self.since else None,
            until=_midnight(self.until + timedelta(days=1)) if self.until else None,
        )
        if self.post:
            events = events.filter(self._by_post())
        if self.agency:
            events = events.filter(Q(agency_id=self.agency) | Q(target_agency_id=self.agency))
        if self.request:
            events = events.filter(request_id=self.request)
        return events

    def _by_post(self) -> Q:
        """A change of a row names its person by number only: whoever acted in this post."""
        acted = Event.objects.filter(actor_name__istartswith=self.post, actor_id__isnull=False)
        return Q(actor_name__istartswith=self.post) | Q(
            actor_name="", actor_id__in=acted.values("actor_id")
        )


class NoSuchDeed(ValueError):
    """The address asks for a deed that there is not."""


def read_filters(given: Mapping[str, str]) -> Filters:
    """What the address asks for; what makes no sense asks for nothing. Raises NoSuchDeed."""
    words = {name: value.replace("\0", "").strip()[:LONGEST] for name, value in given.items()}
    verb = words.get("verb", "")
    if verb and verb not in Verb.values:
        raise NoSuchDeed(verb)
    agency = words.get("agency", "")
    return Filters(
        verb=verb,
        record=words.get("record", ""),
        post=words.get("post", ""),
        agency=int(agency) if agency.isdecimal() and len(agency) < 18 else None,
        since=_day(words.get("since", "")),
        until=_day(words.get("until", "")),
        request=_uuid(words.get("request", "")),
        rows="yes" if words.get("rows") or verb.startswith("row.") else "",
    )


def _day(words: str) -> date | None:
    try:
        day = parse_date(words)
    except ValueError:
        return None
    return day if day and date(1900, 1, 1) <= day <= date(2200, 1, 1) else None


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
