"""The worker's part: claim, render, store, finish; and what happens when any of it fails."""

import hashlib
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from agencies.lock import machine
from audit.choices import Verb
from audit.models import Event
from bulletins import tasks
from bulletins.actions import renderings as actions
from bulletins.choices import MAX_ATTEMPTS, RenderingState
from bulletins.models import Bulletin, Document, Rendering
from bulletins.models.queue import claim_next
from bulletins.rendering import sandbox
from bulletins.rendering.sandbox import Reason, RenderFailed
from tests.bulletins.factories import evidence, rendering_of
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("rung", "media")


def render(rendering):
    tasks.render(rendering_id=rendering.pk)
    rendering.refresh_from_db()
    return rendering


def failing(reason):
    def fail(_html, **_finish):
        raise RenderFailed(reason)

    return fail


def words_of(document):
    with default_storage.open(document.path) as file:
        pdf = pypdfium2.PdfDocument(file.read())
    return [page.get_textpage().get_text_bounded() for page in pdf]


class TestRender:
    def test_stores_the_pdf_under_the_hash_of_its_bytes(self, story):
        rendering = render(rendering_of(story.issued()))

        document = rendering.document
        with default_storage.open(document.path) as file:
            stored = file.read()
        assert rendering.state == RenderingState.DONE
        assert hashlib.sha256(stored).hexdigest() == document.sha256
        assert document.path == f"pdf/{document.sha256[:2]}/{document.sha256}.pdf"
        assert Event.objects.filter(verb=Verb.RENDERING_FINISHED).count() == 1

    def test_twice_is_once(self, story):
        rendering = render(rendering_of(story.issued()))
        finished = rendering.finished_at

        render(rendering)

        assert rendering.finished_at == finished
        assert rendering.attempts == 1
        assert Event.objects.filter(verb=Verb.RENDERING_FINISHED).count() == 1

    def test_the_same_content_is_not_rendered_again(self, story, monkeypatch):
        bulletin = story.issued()
        first = render(rendering_of(bulletin))
        monkeypatch.setattr(sandbox, "render", failing(Reason.TIME))

        again = render(
            Rendering.objects.create(
                bulletin=bulletin, requested_at=NOON, requested_by=story.editor
            )
        )

        assert again.document == first.document
        assert Document.objects.count() == 1

    def test_a_lost_file_is_made_again(self, story):
        bulletin = story.issued()
        first = render(rendering_of(bulletin))
        default_storage.delete(first.document.path)

        again = render(
            Rendering.objects.create(
                bulletin=bulletin, requested_at=NOON, requested_by=story.editor
            )
        )

        assert again.document == first.document
        assert default_storage.exists(first.document.path)

    def test_a_row_that_is_gone_is_passed_over(self, db):
        tasks.render(rendering_id=987654)

        assert not Event.objects.exists()

    def test_each_page_carries_marking_hash_and_evidence(self, story):
        story.lesson.findings.add(evidence(story.agency))
        bulletin = story.issued()

        pages = words_of(render(rendering_of(bulletin)).document)

        everything = "".join("".join(pages).split())
        assert all(page.count("RESTRICTED") >= 2 for page in pages)
        assert all(page.count("TLP:AMBER") >= 2 for page in pages)
        assert bulletin.sha256 in everything
        assert "15–60" in everything

    def test_text_of_people_comes_out_as_text(self, story):
        evil = (
            '<script>alert(1)</script> {{ 7|add:7 }} {% now "Y" %} <b>bold</b>'
            ' <img src="file:///etc/passwd"><style>@page{size:1mm}</style>'
        )

        bulletin = story.issued(title="<i>Title</i>", bottom_line=evil, audience=evil)

        printed = " ".join(" ".join(words_of(render(rendering_of(bulletin)).document)).split())
        assert "<script>alert(1)</script> {{ 7|add:7 }}" in printed
        assert "<b>bold</b>" in printed
        assert "<i>Title</i>" in printed
        assert "root:" not in printed


class TestAFailedRendering:
    def test_is_tried_again_and_given_up_with_its_reason_after_the_third(
        self, story, monkeypatch, rung
    ):
        monkeypatch.setattr(sandbox, "render", failing(Reason.STORAGE))
        monkeypatch.setitem(tasks.TRY_AGAIN, Reason.STORAGE, timedelta(days=-9))
        rendering = rendering_of(story.issued())

        render(rendering)

        assert (rendering.state, rendering.attempts) == (RenderingState.FAILED, MAX_ATTEMPTS)
        assert rendering.error == Reason.STORAGE
        assert Event.objects.get(verb=Verb.RENDERING_FAILED).data["reason"] == "storage"

    def test_of_its_own_making_is_given_up_at_once(self, story, monkeypatch):
        monkeypatch.setattr(sandbox, "render", failing(Reason.MEMORY))

        rendering = render(rendering_of(story.issued()))

        assert (rendering.state, rendering.attempts) == (RenderingState.FAILED, 1)

    def test_a_full_disk_is_a_failure_with_a_reason(self, story, monkeypatch):
        def full(_path, _pdf):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(tasks, "_store", full)

        rendering = render(rendering_of(story.issued()))

        assert (rendering.state, rendering.error) == (RenderingState.WAITING, Reason.STORAGE)
        assert rendering.attempts == 1

    def failed(self, story):
        bulletin = story.issued()
        Rendering.objects.update(
            state=RenderingState.FAILED, error=Reason.TIME, finished_at=NOON, attempts=3
        )
        return bulletin

    def test_can_be_asked_for_again_once(self, story):
        bulletin = self.failed(story)

        for _click in range(2):
            actions.retry_bulletin(bulletin_id=bulletin.pk, by=story.editor, at=NOON)

        waiting = Rendering.objects.filter(state=RenderingState.WAITING)
        assert waiting.count() == 1
        assert Event.objects.filter(verb=Verb.RENDERING_RETRIED).count() == 1

    def test_cannot_be_asked_for_by_an_outsider(self, story, outsider):
        bulletin = self.failed(story)

        with pytest.raises(Bulletin.DoesNotExist):
            actions.retry_bulletin(bulletin_id=bulletin.pk, by=outsider, at=NOON)


class TestSweepRenderings:
    def aged(self, rendering, **fields):
        Rendering.objects.filter(pk=rendering.pk).update(**fields)

    def test_rings_what_was_never_heard(self, story, rung):
        rendering = rendering_of(story.issued())
        self.aged(rendering, queued_at=timezone.now() - timedelta(minutes=5))

        tasks.sweep_renderings()

        assert len(rung) == 1

    def test_leaves_what_was_rung_just_now(self, story, rung):
        rendering = rendering_of(story.issued())
        self.aged(rendering, queued_at=timezone.now())

        tasks.sweep_renderings()

        assert rung == []

    def test_takes_back_the_claim_of_a_dead_worker(self, story):
        rendering = rendering_of(story.issued())
        self.aged(
            rendering,
            state=RenderingState.RENDERING,
            attempts=1,
            claimed_at=timezone.now() - timedelta(hours=1),
        )

        tasks.sweep_renderings()

        rendering.refresh_from_db()
        assert rendering.state == RenderingState.WAITING

    def test_gives_up_when_the_worker_died_three_times(self, story):
        rendering = rendering_of(story.issued())
        self.aged(
            rendering,
            state=RenderingState.RENDERING,
            attempts=3,
            claimed_at=timezone.now() - timedelta(hours=1),
        )

        tasks.sweep_renderings()

        rendering.refresh_from_db()
        assert (rendering.state, rendering.error) == (RenderingState.FAILED, Reason.WORKER)

    def test_a_worker_that_comes_back_late_changes_nothing(self, story, monkeypatch):
        rendering = rendering_of(story.issued())
        with machine():
            assert claim_next(worker="one", at=timezone.now()) == rendering.pk
        claimed = Rendering.objects.get(pk=rendering.pk)
        self.aged(rendering, state=RenderingState.WAITING, claimed_at=None)

        tasks._give_up_or_wait(claimed, Reason.TIME, claimed)

        rendering.refresh_from_db()
        assert (rendering.state, rendering.error) == (RenderingState.WAITING, "")
