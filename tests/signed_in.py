"""`client.force_login` opens a session as the door does: begun now, proved now, by a factor.

A test of the door itself signs in by the pages instead.
"""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test.client import Client, ClientMixin
from django.utils import timezone
from django.utils.crypto import get_random_string

from agencies.models import User
from agencies.signing import door


def through_the_door(client: Client, user: User, backend: str | None = None) -> None:
    """What the door leaves of a person who has just come in by both steps, and nothing asked."""
    now = time.time()
    note = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        door.BEGAN: now,
        door.SEEN: now,
        door.PROVED: now,
        door.FACTOR: "totp",
    }
    key = get_random_string(32, VALID_KEY_CHARS)
    Session.objects.create(
        session_key=key,
        session_data=SessionStore().encode(note),
        expire_date=timezone.now() + timedelta(days=1),
    )
    UserSession.objects.create(
        session_key=key, user=user, ip="127.0.0.1", user_agent="a test", last_seen_at=timezone.now()
    )
    client.cookies[settings.SESSION_COOKIE_NAME] = key


@pytest.fixture(autouse=True)
def signed_in_by_the_door(monkeypatch):
    """Every `force_login` of the run."""
    monkeypatch.setattr(ClientMixin, "_login", through_the_door)


def age(client, **seconds):
    """Make what the session remembers older: `age(client, proved=600)`."""
    session = client.session
    for word, by in seconds.items():
        session[word] -= by
    session.save()
