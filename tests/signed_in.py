"""`client.force_login` opens a session as the door does: begun now, proved now, by a factor.

A test of the door itself signs in by the pages instead.
"""

import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.test.client import Client, ClientMixin
from django.utils import timezone

from agencies.signing import door

plain_login: Any = vars(ClientMixin)["_login"]


def through_the_door(client, user, backend=None):
    """Django's own, and what the door notes in the session."""
    plain_login(client, user, backend)
    note(client)


def note(client: Client) -> None:
    """What the door writes into the session of a person who has just come in by both steps."""
    session = client.session
    now = time.time()
    session.update({door.BEGAN: now, door.SEEN: now, door.PROVED: now, door.FACTOR: "totp"})
    session.save()
    UserSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={
            "user_id": session[SESSION_KEY],
            "ip": "127.0.0.1",
            "user_agent": "a test",
            "last_seen_at": timezone.now(),
        },
    )


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
