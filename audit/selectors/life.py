"""The whole life of one record: its deeds, and each change of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.choices import ROW_VERBS
from audit.models import Event
from audit.policies import Reader
from audit.selectors.deeds import KEY, Deed, as_deeds, everything_in_remit
from audit.selectors.differences import Change, changes_of
from audit.selectors.doors import kind_words, openable, record_of
from core import keyset


@dataclass(frozen=True)
class Moment:
    """One thing that happened to the record, or to a row that is part of it."""

    deed: Deed
    # The kind of row, where it is a part of the record and not the record itself.
    part: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class Life:
    """A page of it, newest first."""

    kind: str
    reference: str
    url: str
    # Whether the reader may see what the rows hold, and not only which columns were changed.
    may_read: bool
    moments: Sequence[Moment]
    newer: str
    older: str


def life_page(user: Reader, target_type: str, target_id: int, *, cursor: str) -> Life | None:
    """What the reader's remit holds of the life of a record; None when that is nothing."""
    events = everything_in_remit(user).life_of(target_type, target_id)
    page = keyset.page(events, KEY, cursor=cursor)
    if not page.rows:
        return None
    record = openable(user, [(target_type, target_id)]).get((target_type, target_id))
    deeds = as_deeds(user, page.rows)
    reference = next((each.event.target_ref for each in deeds if each.event.target_ref), "")
    return Life(
        kind=kind_words(target_type),
        reference=reference if not reference.startswith("#") else f"#{target_id}",
        url=getattr(record, "get_absolute_url", str)() if record else "",
        may_read=record is not None,
        moments=[_moment(each, record is not None) for each in deeds],
        newer=page.newer,
        older=page.older,
    )


def _moment(deed: Deed, may_read: bool) -> Moment:
    event: Event = deed.event
    is_row = event.verb in ROW_VERBS
    return Moment(
        deed=deed,
        part=deed.what
        if is_row and record_of(event) != (event.target_type, event.target_id)
        else "",
        changes=changes_of(event, with_content=may_read) if is_row else (),
    )
