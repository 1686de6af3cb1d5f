"""Sessions of people: how long they last, which there are, and ending them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.signing.addresses import address_of

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def idle_limit(person: User) -> timedelta:
    """How long a session may lie idle: shorter for those who can release or administer."""
    if person.role in settings.MFA_REQUIRED_ROLES:
        return timedelta(minutes=settings.SESSION_IDLE_MINUTES_PRIVILEGED)
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def absolute_limit() -> timedelta:
    """How long a session may last, whatever is done in it."""
    return timedelta(hours=settings.SESSION_HOURS)


def end_sessions(person: User, *, but: str | None = None) -> int:
    """End every session of this person, except the one whose key is `but`; how many there were.

    The answer holds at the next click on any machine: the sessions are rows, and the rows are gone.
    """
    sessions = UserSession.objects.filter(user=person)
    if but:
        sessions = sessions.exclude(session_key=but)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.filter(session_key__in=keys).delete()
    return len(keys)


def track(request: HttpRequest, person: User) -> None:
    """Write down the session that was just opened or renamed, for the list of sessions."""
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": person,
            "ip": address_of(request),
            "user_agent": request.headers.get("User-Agent", "")[:200],
            "last_seen_at": timezone.now(),
        },
    )


def seen(request: HttpRequest, at: datetime) -> None:
    """The session is in use."""
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=at, ip=address_of(request)
    )


@dataclass(frozen=True)
class OwnSession:
    """One session as its owner sees it."""

    pk: int
    device: str
    address: str
    since: datetime
    last_seen: datetime
    here: bool


def sessions_of(person: User, *, here: str | None, at: datetime) -> list[OwnSession]:
    """The live sessions of a person, this one first, then by when they were last used."""
    alive = _alive(person, at)
    found = [
        OwnSession(
            pk=each.pk,
            device=device_words(each.user_agent),
            address=each.ip,
            since=each.created_at,
            last_seen=each.last_seen_at,
            here=each.session_key == here,
        )
        for each in alive
    ]
    return sorted(found, key=lambda each: (not each.here, -each.last_seen.timestamp()))


def _alive(person: User, at: datetime) -> Iterable[Any]:
    """Neither ended nor past a limit; what has run out is no session to end."""
    return list(
        UserSession.objects.filter(
            user=person,
            session_key__in=Session.objects.filter(expire_date__gt=at).values("session_key"),
            last_seen_at__gt=at - idle_limit(person) - timedelta(minutes=1),
            created_at__gt=at - absolute_limit(),
        )
    )


def device_words(user_agent: str) -> str:
    """`Firefox on Windows`: what a person recognises their own machine by."""
    browser = next((word for sign, word in BROWSERS if sign in user_agent), "")
    system = next((word for sign, word in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")
