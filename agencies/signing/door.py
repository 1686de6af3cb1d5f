"""The steps from a right password to an open session, and what a session knows of its proof."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.actions import signing as actions
from agencies.models import User
from agencies.sessions import track
from agencies.signing import devices, kept
from agencies.signing.factors import Type, has_factor

HALF = "half"
BEGAN = "began"
SEEN = "seen"
PROVED = "proved"
FACTOR = "factor"
# How long the second step waits for the first.
HALF_LASTS = timedelta(minutes=10)
BACKEND = "agencies.backends.PersonBackend"


@dataclass(frozen=True)
class Half:
    """Somebody whose password was right and whose second factor is still owed."""

    person: User
    next: str


def safe_next(request: HttpRequest, target: str) -> str:
    """The address to go on to, if it is one of ours; else the home page."""
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours and target.startswith("/") else reverse(settings.LOGIN_REDIRECT_URL)


def begin(request: HttpRequest, person: User, *, goal: str, at: datetime) -> HttpResponse:
    """After the first step: on to the second where there is a factor, else in."""
    if not has_factor(person):
        return enter(request, person, factor="", goal=goal, at=at)
    request.session.cycle_key()
    request.session[HALF] = {
        "who": person.pk,
        "at": at.timestamp(),
        "print": person.get_session_auth_hash(),
        "next": goal,
    }
    return HttpResponseRedirect(reverse("sign_in_factor"))


def half_of(request: HttpRequest, at: datetime) -> Half | None:
    """Who stands between the two steps; None when nobody does, or for too long."""
    state = request.session.get(HALF)
    if not state or at.timestamp() - state["at"] > HALF_LASTS.total_seconds():
        return None
    person = User.objects.select_related("agency").filter(pk=state["who"], is_active=True).first()
    if person is None or not constant_time_compare(state["print"], person.get_session_auth_hash()):
        return None
    return Half(person, state["next"])


def enter(
    request: HttpRequest, person: User, *, factor: str, goal: str, at: datetime
) -> HttpResponse:
    """Open the session under a new key, write down the sign-in, remember the browser, go on."""
    request.session.pop(HALF, None)
    login(request, person, backend=BACKEND)
    request.session.update({BEGAN: at.timestamp(), SEEN: at.timestamp()})
    mark_proved(request, factor=factor, at=at)
    # login() gives the session its new key only when it is saved.
    request.session.save()
    track(request, person)
    actions.record_sign_in(user=person, at=at, factor=factor)
    if factor == Type.RECOVERY_CODES:
        actions.record_code_use(user=person, at=at)
    target = reverse("kept_form") if kept.waits_for(request, person, at) else goal
    response = HttpResponseRedirect(target)
    devices.remember(request, response, person)
    return response


def mark_proved(request: HttpRequest, *, factor: str, at: datetime) -> None:
    """The person has just proved who they are; a factor once proved stays with the session."""
    request.session[PROVED] = at.timestamp()
    if factor:
        request.session[FACTOR] = factor


def has_proved_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or later proved, by a second factor."""
    return bool(request.session.get(FACTOR))


def owes_factor(request: HttpRequest, person: User) -> bool:
    """Whether the person has a factor that this session has never seen."""
    return not has_proved_factor(request) and has_factor(person)


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Whether the last proof is young enough for a grave act."""
    age = at.timestamp() - float(request.session.get(PROVED, 0))
    limit: int = settings.FRESH_MINUTES * 60
    return 0 <= age <= limit
