"""The record of what people tried and were refused."""

from datetime import datetime

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record

LONGEST_PATH = 200


@deed
def record_refusal(*, path: str, method: str, by: User, at: datetime) -> None:
    """A person asked for what their post does not allow."""
    record(Verb.ACCESS_REFUSED, by=by, target=by, at=at, path=path[:LONGEST_PATH], method=method)


@deed
def record_sharing_refusal(*, sentence: str, path: str, by: User, at: datetime) -> None:
    """A person tried to send a record further than its marking lets it go."""
    record(Verb.SHARING_REFUSED, by=by, target=by, at=at, path=path[:LONGEST_PATH], said=sentence)
