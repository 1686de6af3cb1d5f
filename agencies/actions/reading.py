"""The record of who read what: of records marked RESTRICTED and above, reading is a deed too."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from agencies.choices import Classification
from agencies.lock import deed
from agencies.models import User
from audit.record import record_reads

# A page that is read again within the hour is the same reading.
SAME_READING = timedelta(hours=1)


class Classified(Protocol):
    """A marked record, or a file of such."""

    classification: Any


@deed
def note_reads(*, records: Iterable[Any], by: User, at: datetime) -> None:
    """Record that a person read these records of one kind, where their marking asks for it."""
    record_reads(
        [each for each in records if is_noted(each)], by=by, at=at, not_since=at - SAME_READING
    )


def is_noted(record: Classified) -> bool:
    """Whether reading this record is a deed."""
    return Classification(record.classification).rank >= Classification.RESTRICTED.rank
