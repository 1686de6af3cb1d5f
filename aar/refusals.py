"""Refusals are recorded: the deed was rolled back, the attempt is a fact.

What is unseen answers 404 like what is not there, and is no refusal.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.actions.refusals import record_refusal, record_sharing_refusal
from agencies.models import User
from core.errors import refusals_noted

FORBIDDEN = 403


def record_refusals(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware behind the one that says who asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with refusals_noted() as refused:
            response = get_response(request)
        if not refused and response.status_code != FORBIDDEN:
            return response
        user = request.user
        if not isinstance(user, User):
            return response
        now = timezone.now()
        for each in refused:
            record_sharing_refusal(sentence=str(each), path=request.path, by=user, at=now)
        if response.status_code == FORBIDDEN:
            record_refusal(path=request.path, method=str(request.method), by=user, at=now)
        return response

    return middleware
