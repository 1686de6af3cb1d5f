"""A rendering under way is held by a lock that dies with its worker."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection
from django.utils import timezone

from bulletins import tasks
from bulletins.choices import RenderingState
from bulletins.models import Rendering
from tests.bulletins.factories import rendering_of

pytestmark = pytest.mark.usefixtures("rung", "media")


@pytest.mark.django_db(transaction=True)
class TestClaim:
    def test_of_a_living_worker_is_left_alone_however_long_it_takes(self, story, monkeypatch):
        rendering = rendering_of(story.issued())
        at_work, go_on = Event(), Event()

        def slow_work(claimed):
            long_ago = timezone.now() - timedelta(hours=1)
            Rendering.objects.filter(pk=claimed.pk).update(requested_at=long_ago)
            at_work.set()
            go_on.wait(20)

        def worker():
            try:
                tasks.render(rendering_id=rendering.pk)
            finally:
                connection.close()

        monkeypatch.setattr(tasks, "_work_on", slow_work)
        monkeypatch.setattr(tasks, "CLAIM_TAKES", timedelta(seconds=-1))
        thread = Thread(target=worker)
        thread.start()
        assert at_work.wait(20)

        tasks.sweep_renderings()

        during = Rendering.objects.get(pk=rendering.pk).state
        go_on.set()
        thread.join()
        tasks.sweep_renderings()
        after = Rendering.objects.get(pk=rendering.pk).state
        assert (during, after) == (RenderingState.RENDERING, RenderingState.WAITING)
