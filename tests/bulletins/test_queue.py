"""What is made next: flash first, agencies in turn, one row for one worker."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from agencies.lock import machine
from bulletins import tasks
from bulletins.actions import renderings as actions
from bulletins.choices import RenderingState, Urgency
from bulletins.models import Brief, Rendering, Worker
from bulletins.models.queue import claim_next
from bulletins.models.rendering import urgency_of
from bulletins.workers import Presence
from tests.bulletins.factories import IncidentFactory, Story, rendering_of
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media")
HASH = "0" * 64


def wait(by, urgency=Urgency.SINGLE, minute=0):
    """A brief of an agency, waiting since some minutes past noon."""
    incident = IncidentFactory.create(agency=by.agency)
    brief = Brief.objects.create(
        agency=by.agency,
        reference=f"IB-{Brief.objects.count()}",
        kind="INCIDENT",
        incident=incident,
        title="A brief",
        content={},
        sha256=HASH,
        requested_at=NOON,
        requested_by=by,
    )
    return Rendering.objects.create(
        brief=brief,
        priority=urgency,
        requested_at=NOON + timedelta(minutes=minute),
        requested_by=by,
    )


def order(of, *, done=True):
    """The numbers of `of` in the order in which free workers would take them."""
    taken = []
    with machine():
        for turn in range(len(of)):
            pk = claim_next(worker="one", at=timezone.now() + timedelta(seconds=turn))
            assert pk
            taken.append(pk)
            if done:
                Rendering.objects.filter(pk=pk).update(
                    state=RenderingState.FAILED, error="x", finished_at=NOON
                )
    return [of.index(next(each for each in of if each.pk == pk)) for pk in taken]


class TestWhatIsNext:
    def test_is_a_flash_then_what_was_asked_for_singly_then_one_of_many(self, db):
        by = UserFactory.create()

        waiting = [
            wait(by, Urgency.BULK, 0),
            wait(by, Urgency.SINGLE, 1),
            wait(by, Urgency.FLASH, 2),
        ]

        assert order(waiting) == [2, 1, 0]

    def test_goes_round_between_agencies_however_many_one_has(self, db):
        many, few = UserFactory.create(), UserFactory.create()

        waiting = [*(wait(many, minute=n) for n in range(4)), *(wait(few, minute=9) for _ in "ab")]

        assert order(waiting) == [0, 4, 1, 5, 2, 3]

    def test_is_of_the_agency_that_fewest_workers_are_at(self, db):
        many, few = UserFactory.create(), UserFactory.create()

        waiting = [*(wait(many, minute=n) for n in range(3)), wait(few, minute=9)]

        assert order(waiting, done=False) == [0, 3, 1, 2]

    def test_is_nothing_when_a_further_try_must_wait(self, db):
        rendering = wait(UserFactory.create())
        later = timezone.now() + timedelta(minutes=1)
        Rendering.objects.filter(pk=rendering.pk).update(attempts=1, queued_at=later)

        with machine():
            assert claim_next(worker="one", at=timezone.now()) is None

    def test_is_of_the_agency_and_the_class_that_the_deed_says(self, story):
        issued = rendering_of(story.issued())

        assert (issued.agency, issued.priority) == (story.agency, Urgency.SINGLE)
        assert issued.queued_at == NOON
        assert urgency_of(SimpleNamespace(kind="FLASH")) == Urgency.FLASH
        assert urgency_of(SimpleNamespace(kind="DIGEST")) == Urgency.BULK


class TestATurn:
    def test_makes_all_that_waits_and_says_which_worker_did(self, db):
        stories = Story(), Story()
        for each in stories:
            each.issued()

        tasks.render()

        states = Rendering.objects.values_list("state", flat=True)
        assert list(states) == [RenderingState.DONE] * 2
        assert all(Rendering.objects.values_list("worker", flat=True))

    def test_ends_in_time_and_rings_for_the_next(self, db, rung, monkeypatch):
        monkeypatch.setattr(tasks, "TURN", timedelta(0))
        for each in (Story(), Story()):
            each.issued()
        rung.clear()

        tasks.render()

        assert Rendering.objects.filter(state=RenderingState.WAITING).count() == 1
        assert len(rung) == 1


class TestAWorker:
    def test_is_there_from_its_first_word_to_its_last(self, db, monkeypatch):
        monkeypatch.setattr("bulletins.workers.connection.close", lambda: None)
        presence = Presence()

        presence.begin("worker@one")
        presence.touch()
        there = list(Worker.objects.values_list("name", flat=True))
        presence.end()

        assert there == ["worker@one"]
        assert not Worker.objects.exists()


def test_a_retry_keeps_its_class(story):
    bulletin = story.issued()
    Rendering.objects.update(state=RenderingState.FAILED, error="time", finished_at=NOON)

    again = actions.retry_bulletin(bulletin_id=bulletin.pk, by=story.editor, at=NOON)

    assert again.priority == Urgency.SINGLE
