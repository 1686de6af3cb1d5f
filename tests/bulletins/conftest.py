"""What the tests of this room share."""

import pytest

from bulletins import tasks
from bulletins.noticing import tasks as noticing
from tests.bulletins.factories import Story


@pytest.fixture
def story(db):
    return Story()


@pytest.fixture
def rung(monkeypatch):
    """The bells that were rung, instead of a broker."""
    bells = []
    monkeypatch.setattr(tasks.render, "delay", lambda **ids: bells.append(ids))
    monkeypatch.setattr(noticing.send_notices, "delay", lambda: None)
    return bells


@pytest.fixture
def media(settings, tmp_path):
    """A file storage of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(client, story):
    client.force_login(story.editor)
    return client
