"""What every request passes at the door: limits of the session, the second factor, the headers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from agencies.freshness import ask_again, go_to
from agencies.models import User
from agencies.sessions import absolute_limit, idle_limit, seen
from agencies.signing import door, kept
from agencies.signing.factors import has_factor, must_have_factor
from agencies.signing.outside import not_sent

Answer = Callable[[HttpRequest], HttpResponse]
# How often a session that is in use is written down; between, a click costs no write.
NOTED_EVERY = timedelta(seconds=60)
# Sent by a page that asks something by itself: no sign that anybody sits in front of it.
BY_ITSELF = "X-Background"
# What pages may use of the browser: nothing but security keys.
PERMISSIONS = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                *("accelerometer", "autoplay", "browsing-topics", "camera"),
                *("display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope"),
                *("hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
                *("payment", "picture-in-picture", "screen-wake-lock", "serial", "usb"),
                *("xr-spatial-tracking",),
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


class PageHeaders:
    """Headers of every page that the product itself makes; static files never come here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Signed in or not: a page holds a token of its session, and a shared PC keeps what it may.
        response.headers["Cache-Control"] = "no-store, private"
        return response


class SessionLimits:
    """Ends a session that lay idle or lasted too long, and keeps what was sent in it too late."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        request.late_person = None  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            over = _is_over(request, request.user, at)
            if over and _draws_by_itself(request):
                return HttpResponse(status=204)
            if over:
                self._end(request, request.user)
            elif BY_ITSELF not in request.headers:
                _note(request, at)
        response = self.get_response(request)
        if _was_done(request, response):
            kept.let_go(request)
        if request.headers.get("HX-Request") and _is_the_door(response):
            return _to_the_door(kept.page_of(request))
        return response

    def _end(self, request: HttpRequest, person: User) -> None:
        request.session.flush()
        request.user = AnonymousUser()
        request.late_person = person  # type: ignore[attr-defined]

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """After the CSRF check: keep the form of a person whose session has just ended."""
        late: User | None = request.late_person  # type: ignore[attr-defined]
        if not getattr(view, "login_required", True):
            return None
        if late is None:
            return _typed_outside(request)
        goal = request.get_full_path()
        if request.method == "POST":
            goal = kept.page_of(request)
            kept.keep(request, late, timezone.now())
        if request.headers.get("HX-Request"):
            return _to_the_door(goal)
        return go_to(request, f"{reverse('sign_in')}?{urlencode({'next': goal, 'late': '1'})}")


def _draws_by_itself(request: HttpRequest) -> bool:
    """A picture of a form, drawn by its page: what was typed is kept when the person sends it."""
    by_itself = BY_ITSELF in request.headers and "HX-Request" in request.headers
    return by_itself and request.method == "POST"


class SecondFactor:
    """Nothing opens to a role that must have a second factor until one is proved."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Lead to the set-up of a factor, or to its proof where there is one."""
        person = request.user
        if not isinstance(person, User) or getattr(view, "before_factor", False):
            return None
        if not must_have_factor(person) or door.has_proved_factor(request):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "A second factor is needed."}, status=403)
        if has_factor(person):
            return ask_again(request, request.get_full_path())
        return go_to(request, reverse("factor_needed"))


def _typed_outside(request: HttpRequest) -> HttpResponse | None:
    """Words that come without any session are given back on the page: nobody is known to keep
    them for, and they go into no cookie, address or log."""
    if isinstance(request.user, User) or request.headers.get("HX-Request"):
        return None
    typed = kept.typed_here(request)
    return not_sent(request, typed, status=401) if typed and typed.sentences else None


def _is_the_door(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(
        f"{reverse('sign_in')}?"
    )


def _to_the_door(goal: str) -> HttpResponse:
    """htmx would swap the sign-in page into the part that it asked for."""
    query = urlencode({"next": goal, "late": "1"})
    return HttpResponseClientRedirect(f"{reverse('sign_in')}?{query}")


def _is_over(request: HttpRequest, person: User, at: datetime) -> bool:
    """A session that did not come through the door has no beginning, and is over as well."""
    began = float(request.session.get(door.BEGAN, 0))
    last = float(request.session.get(door.SEEN, 0))
    now = at.timestamp()
    return (
        now - began > absolute_limit().total_seconds()
        or now - last > idle_limit(person).total_seconds()
    )


def _note(request: HttpRequest, at: datetime) -> None:
    if at.timestamp() - request.session[door.SEEN] >= NOTED_EVERY.total_seconds():
        request.session[door.SEEN] = at.timestamp()
        seen(request, at)


def _was_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form that had been kept has now been sent and taken."""
    return (
        request.method == "POST"
        and response.status_code < 400
        and isinstance(request.user, User)
        and kept.is_sent_now(request)
    )
