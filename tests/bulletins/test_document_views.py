"""Pages of what the worker makes: its progress, the PDF, the brief."""

import pytest
from django.utils import timezone

from bulletins import tasks
from bulletins.choices import RenderingState
from bulletins.models import Brief, Receipt, Release, Rendering
from bulletins.rendering.sandbox import Reason
from tests.bulletins.factories import evidence, rendering_of
from tests.bulletins.pages import recipient, url

pytestmark = pytest.mark.usefixtures("rung", "media")


class TestRenderingPages:
    def test_the_page_polls_while_the_document_is_made_and_offers_it_after(self, editor, story):
        bulletin = story.issued()
        before = editor.get(url("bulletin_detail", bulletin.pk)).content.decode()

        tasks.render(rendering_id=rendering_of(bulletin).pk)

        piece = editor.get(url("bulletin_rendering", bulletin.pk), headers={"HX-Request": "true"})
        assert 'hx-trigger="every 2s"' in before
        assert "Check again" in before
        assert url("bulletin_pdf", bulletin.pk) in piece.content.decode()
        assert "every 2s" not in piece.content.decode()

    def test_a_failure_says_why_and_offers_another_try(self, editor, story):
        bulletin = story.issued()
        Rendering.objects.update(
            state=RenderingState.FAILED, error=Reason.TIME, finished_at=timezone.now(), attempts=3
        )

        page = editor.get(url("bulletin_detail", bulletin.pk)).content.decode()
        again = editor.post(url("bulletin_retry", bulletin.pk))

        assert "took too long to lay out" in page
        assert again.status_code == 302
        assert Rendering.objects.filter(state=RenderingState.WAITING).count() == 1

    def test_who_reads_it_neither_issues_it_nor_has_it_made_again(self, client, story):
        bulletin = story.released()
        Rendering.objects.update(
            state=RenderingState.FAILED, error=Reason.TIME, finished_at=timezone.now(), attempts=3
        )
        reader = recipient(client, story)

        page = reader.get(url("bulletin_detail", bulletin.pk)).text

        assert url("bulletin_retry", bulletin.pk) not in page
        assert reader.post(url("bulletin_retry", bulletin.pk)).status_code == 404
        assert reader.get(url("bulletin_issue", bulletin.pk)).status_code == 404
        assert not Rendering.objects.filter(state=RenderingState.WAITING).exists()


class TestBulletinPdf:
    def made(self, story):
        bulletin = story.released()
        tasks.render(rendering_id=rendering_of(bulletin).pk)
        return bulletin

    def test_hands_out_the_stored_file_and_marks_it_opened(self, client, story):
        bulletin = self.made(story)

        response = recipient(client, story).get(url("bulletin_pdf", bulletin.pk))

        assert response["Content-Type"] == "application/pdf"
        assert f'filename="{bulletin.reference}-1.pdf"' in response["Content-Disposition"]
        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert Receipt.objects.get().opened_by == story.commander

    def test_is_not_there_for_an_outsider_or_after_a_recall(self, client, story, outsider):
        bulletin = self.made(story)
        client.force_login(outsider)
        assert client.get(url("bulletin_pdf", bulletin.pk)).status_code == 404
        Release.objects.update(
            recalled_at=timezone.now(), recalled_by=story.editor, recall_reason="Name"
        )

        assert recipient(client, story).get(url("bulletin_pdf", bulletin.pk)).status_code == 404

    def test_is_not_there_before_it_is_made(self, editor, story):
        assert editor.get(url("bulletin_pdf", story.issued().pk)).status_code == 404


class TestBriefPages:
    def test_are_asked_for_and_read_by_the_agency_alone(self, client, story, outsider):
        finding = evidence(story.agency)
        client.force_login(story.editor)

        client.post(url("brief_create", "incident", finding.review.incident_id), {"language": "ur"})

        brief = Brief.objects.get()
        assert client.get(url("brief_detail", brief.pk)).status_code == 200
        assert brief.reference in client.get(url("brief_list")).content.decode()
        client.force_login(outsider)
        assert client.get(url("brief_detail", brief.pk)).status_code == 404

    @pytest.mark.parametrize("kind", ["incident", "review", "lesson"])
    def test_of_what_is_not_there_is_404(self, editor, kind):
        assert editor.get(url("brief_create", kind, 999999)).status_code == 404
