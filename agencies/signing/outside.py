"""A form that came without a session, or with the token of an older one: shown, never dropped."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure

from agencies.signing import kept


def not_sent(request: HttpRequest, typed: kept.Typed, *, status: int) -> HttpResponse:
    """What was typed, to be read and sent again, after signing in in another tab."""
    context = {"typed": typed, "outside": status == HTTPStatus.UNAUTHORIZED}
    return render(request, "agencies/not_sent.html", context, status=status)


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of Django's page: what was typed on a page of ours comes back with a new token.

    Only where the browser itself says that our own page sent it: a form of another site is
    refused as ever, and nothing of it is shown.
    """
    says = request.headers.get("Sec-Fetch-Site") == "same-origin"
    typed = kept.typed_here(request) if says else None
    if typed is None or not typed.sentences or request.headers.get("HX-Request"):
        return csrf_failure(request, reason=reason)
    return not_sent(request, typed, status=403)
