"""Grave acts ask again who is there: `@fresh` on a view, nothing in the view."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from agencies.models import Marked, User
from agencies.signing import door, kept
from core.policy import View


def fresh(view: View) -> View:
    """Open the view only to a proof of the last minutes (FRESH_MINUTES), else ask for one first.

    A page is opened after it; a form that was sent is kept and given back to be sent once more.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        at = timezone.now()
        if not isinstance(request.user, User) or _is_proved(request, request.user, at):
            return view(request, *args, **kwargs)
        goal = request.get_full_path()
        if request.method == "POST" and kept.keep(request, request.user, at):
            goal = reverse("kept_form")
        return ask_again(request, goal)

    return guarded  # type: ignore[return-value]


def _is_proved(request: HttpRequest, person: User, at: datetime) -> bool:
    """Lately, and by the second factor once in this session where the person has one.

    A session from before the factor, opened by a password that leaked, could else replace it.
    """
    return door.is_fresh(request, at) and not door.owes_factor(request, person)


def fresh_for_marking(records: type[Marked]) -> Callable[[View], View]:
    """The same, where the form that was sent marks the record `pk` otherwise than it is marked.

    What else a form changes is no grave act: nobody is asked for a password for a comma.
    """

    def decorate(view: View) -> View:
        strict = fresh(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            grave = request.method == "POST" and _marks_anew(request, records, kwargs.get("pk"))
            return (strict if grave else view)(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def _marks_anew(request: HttpRequest, records: type[Marked], pk: Any) -> bool:
    stands = records.objects.visible_to(request.user).filter(pk=pk)  # type: ignore[attr-defined]
    row = stands.values("tlp", "classification", "caveats").first()
    if row is None:
        return False
    sent = request.POST
    levels = any(name in sent and sent[name] != row[name] for name in ("tlp", "classification"))
    caveats = "tlp" in sent and set(sent.getlist("caveats")) != set(row["caveats"])
    return levels or caveats


def before_factor(view: View) -> View:
    """A view that a person may use while the second factor of their role is still owed."""

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(*args, **kwargs)

    marked.before_factor = True  # type: ignore[attr-defined]
    return marked  # type: ignore[return-value]


def ask_again(request: HttpRequest, goal: str) -> HttpResponse:
    """To the page that asks for a proof, and from there to `goal`."""
    return go_to(request, f"{reverse('prove_again')}?{urlencode({'next': goal})}")


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that htmx follows with the whole page, not into the part it was swapping."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return HttpResponse(status=302, headers={"Location": address})
