"""The request of a person who has signed in."""

from django.http import HttpRequest
from django.utils import timezone

from agencies.actions.reading import note_reads
from agencies.models import Marked, User


class Request(HttpRequest):
    """A request behind the sign-in wall: `user` is a person, never anonymous."""

    user: User


def note_opened(request: Request, record: Marked) -> None:
    """The person is shown this record: called by every page that shows one."""
    if request.method == "GET":
        note_reads(records=[record], by=request.user, at=timezone.now())
