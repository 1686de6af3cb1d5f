"""The request of a person who has signed in."""

from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from agencies.actions.reading import Classified, note_reads
from agencies.models import User
from core.policy import Decorator, View, opens


class Request(HttpRequest):
    """A request behind the sign-in wall: `user` is a person, never anonymous."""

    user: User


def note_opened(request: Request, record: Classified) -> None:
    """The person is shown this record: called by every page that shows one."""
    if request.method == "GET":
        note_reads(records=[record], by=request.user, at=timezone.now())


def shows(model: type[Model], **how: Any) -> Decorator:
    """`core.policy.opens` for the page of a marked record: that the person is shown it is noted."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: Request, record: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            note_opened(request, record)
            return view(request, record, *args, **kwargs)

        return opens(model, **how)(shown)  # type: ignore[return-value]

    return decorate
