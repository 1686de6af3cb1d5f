"""The world that the locks are tried on."""

import pytest
from django.db import transaction

from tests.access.filled import filled
from tests.access.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def hidden(db, monkeypatch):
    """Records of another agency in every guarded table."""
    monkeypatch.setattr("bulletins.tasks.render.delay", lambda **_ids: None)
    return filled()
