"""The pages: who gets them, what they refuse, and how many questions they ask the database."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from bulletins import tasks
from bulletins.choices import Ask, BulletinState, RenderingState
from bulletins.models import Brief, Bulletin, Receipt, Release, Rendering
from bulletins.rendering.sandbox import Reason
from tests.bulletins.factories import evidence, rendering_of
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media")


def url(name, *args):
    return reverse(f"bulletins:{name}", args=args)


@pytest.fixture
def editor(client, story):
    client.force_login(story.editor)
    return client


def recipient(client, story):
    client.force_login(story.commander)
    return client


def typed(story, **changes):
    plain = {
        "title": "Crowds beside a single vehicle",
        "bottom_line": "Move the first check outward.",
        "audience": "District police officers",
        "lessons": [story.lesson.pk],
        "actions": "Walk the route.",
        "act_by": "",
        "language": "en",
        "classification": "RESTRICTED",
        "tlp": "AMBER",
        "lock_version": "",
    }
    return {**plain, **changes}


def told(response):
    return " ".join(str(each) for each in get_messages(response.wsgi_request))


class TestBulletinList:
    def test_shows_only_what_may_be_read(self, client, story, outsider):
        story.composed()
        shown = []

        for person in (story.editor, story.commander, outsider):
            client.force_login(person)
            shown.append(b"LB-2026-0001" in client.get(url("bulletin_list")).content)

        assert shown == [True, False, False]

    def test_asks_the_same_number_of_questions_for_any_length(
        self, editor, story, django_assert_num_queries
    ):
        for _each in range(3):
            story.composed()
        editor.get(url("bulletin_list"))

        with django_assert_num_queries(5):
            editor.get(url("bulletin_list"))

    def test_a_cursor_that_was_never_given_out_is_404(self, editor):
        assert editor.get(url("bulletin_list"), {"cursor": "x"}).status_code == 404

    def test_what_was_sent_stands_above(self, client, story):
        story.released()

        page = recipient(client, story).get(url("bulletin_list"))

        assert b"Sent to us" in page.content

    def test_a_recall_tells_the_recipient_why_and_nothing_else(self, client, story, outsider):
        story.released()
        Release.objects.update(
            recalled_at=timezone.now(), recalled_by=story.editor, recall_reason="A name slipped in"
        )

        page = recipient(client, story).get(url("bulletin_list")).content.decode()
        client.force_login(outsider)
        other = client.get(url("bulletin_list")).content.decode()

        assert "A name slipped in" in page
        assert "Crowds beside a single vehicle" not in page
        assert "A name slipped in" not in other

    def test_works_in_urdu(self, editor, story):
        story.composed()
        editor.cookies["language"] = "ur"

        assert 'dir="rtl"' in editor.get(url("bulletin_list")).content.decode()


class TestBulletinCompose:
    def test_keeps_a_draft(self, editor, story):
        response = editor.post(url("bulletin_compose"), typed(story))

        assert response.status_code == 302
        assert Bulletin.objects.get().title == "Crowds beside a single vehicle"

    def test_refuses_a_low_marking_and_keeps_what_was_typed(self, editor, story):
        response = editor.post(url("bulletin_compose"), typed(story, tlp="GREEN"))

        assert response.status_code == 422
        assert story.lesson.reference in response.content.decode()
        assert "Move the first check outward." in response.content.decode()
        assert not Bulletin.objects.exists()

    def test_a_second_click_composes_nothing_more(self, editor, story):
        token = editor.get(url("bulletin_compose")).context["form"].initial["token"]

        answers = [
            editor.post(url("bulletin_compose"), typed(story, token=token)) for _click in range(2)
        ]

        assert len({answer["location"] for answer in answers}) == 1
        assert Bulletin.objects.count() == 1

    def test_refuses_a_bottom_line_that_is_none(self, editor, story):
        page = editor.post(url("bulletin_compose"), typed(story, bottom_line="long " * 1000))

        assert page.status_code == 422
        assert page.context["form"].errors["bottom_line"]

    def test_names_each_empty_field(self, editor, story):
        response = editor.post(url("bulletin_compose"), {})

        assert response.status_code == 422
        assert {"title", "bottom_line", "audience", "lessons"} <= set(
            response.context["form"].errors
        )

    def test_is_not_there_for_a_commander(self, client, story):
        assert recipient(client, story).get(url("bulletin_compose")).status_code == 404


class TestBulletinEdit:
    def test_a_stale_page_shows_both_versions_and_either_can_be_kept(self, editor, story):
        bulletin = story.composed()
        address = url("bulletin_edit", bulletin.pk)
        editor.post(address, typed(story, title="Theirs", lock_version=1))

        stale = editor.post(address, typed(story, title="Mine", lock_version=1))

        assert stale.status_code == 409
        assert b"Theirs" in stale.content
        assert b"Mine" in stale.content
        chosen = {"lock_version": 2, "keep_title": "yours", "yours_title": "Mine"}
        assert editor.post(address, chosen).status_code == 302
        bulletin.refresh_from_db()
        assert (bulletin.title, list(bulletin.lessons.all())) == ("Mine", [story.lesson])

    @pytest.mark.parametrize("name", ["title", "lessons", "caveats", "act_by"])
    def test_a_choice_that_cannot_be_stored_is_refused(self, editor, story, name):
        bulletin = story.composed()
        chosen = {"lock_version": 1, f"keep_{name}": "yours", f"yours_{name}": "a\0b"}

        answer = editor.post(url("bulletin_edit", bulletin.pk), chosen)

        assert answer.status_code == 422
        assert answer.context["form"].errors[name]


class TestBulletinIssue:
    def test_asks_first_and_issues_once(self, editor, story):
        bulletin = story.composed()
        address = url("bulletin_issue", bulletin.pk)

        asked = editor.get(address)
        for _click in range(2):
            assert editor.post(address).status_code == 302

        bulletin.refresh_from_db()
        assert b"Issue LB-2026-0001?" in asked.content
        assert bulletin.state == BulletinState.ISSUED
        assert Rendering.objects.count() == 1

    def test_is_not_there_for_outsiders(self, client, story, outsider):
        client.force_login(outsider)

        assert client.post(url("bulletin_issue", story.composed().pk)).status_code == 404


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


class TestReleaseCreate:
    def form(self, story, **changes):
        today = timezone.localdate()
        plain = {
            "to": f"agency-{story.commander.agency.pk}",
            "ask": Ask.ACT,
            "acknowledge_by": today + timedelta(days=3),
            "act_by": today + timedelta(days=9),
        }
        return {**plain, **changes}

    def test_shows_it_once_more_before_it_is_sent(self, editor, story):
        bulletin = story.issued()
        address = url("release_create", bulletin.pk)

        shown = editor.post(address, self.form(story))
        nothing_yet = Release.objects.exists()
        sent = editor.post(address, self.form(story, confirmed="1"))

        assert b"Release to" in shown.content
        assert not nothing_yet
        assert sent.status_code == 302
        assert Release.objects.get().to_agency == story.commander.agency

    def test_a_second_click_sends_nothing_more(self, editor, story):
        address = url("release_create", story.issued().pk)

        for _click in range(2):
            editor.post(address, self.form(story, confirmed="1"))

        assert Release.objects.count() == 1

    @pytest.mark.parametrize("field", ["acknowledge_by", "act_by"])
    def test_needs_its_dates(self, editor, story, field):
        response = editor.post(
            url("release_create", story.issued().pk), self.form(story, **{field: ""})
        )

        assert response.status_code == 422
        assert field in response.context["form"].errors

    def test_recall_asks_for_a_reason(self, editor, story):
        story.released()
        address = url("release_recall", Release.objects.get().pk)

        empty = editor.post(address, {"reason": ""})
        done = editor.post(address, {"reason": "A name slipped in"})

        assert (empty.status_code, done.status_code) == (422, 302)
        assert Release.objects.get().recall_reason == "A name slipped in"


class TestReceiptPages:
    def test_the_recipient_acknowledges_briefs_and_acts(self, client, story):
        bulletin = story.released()
        client = recipient(client, story)

        client.post(url("receipt_acknowledge", bulletin.pk))
        client.post(url("receipt_brief", bulletin.pk), {"units": 5, "of_units": 9})
        deed = {"text": "Cordon moved", "on_date": timezone.localdate(), "evidence": "Order 14"}
        client.post(url("receipt_act", bulletin.pk), deed)

        receipt = Receipt.objects.get()
        assert receipt.acknowledged_by == story.commander
        assert (receipt.units_briefed, receipt.acted_text) == (5, "Cordon moved")

    def test_or_says_why_not(self, client, story):
        bulletin = story.released()

        recipient(client, story).post(url("receipt_decline", bulletin.pk), {"reason": "No crowds"})

        assert Receipt.objects.get().declined_reason == "No crowds"

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("receipt_brief", {"units": 10, "of_units": 9}),
            ("receipt_brief", {"units": -1, "of_units": 9}),
            ("receipt_brief", {"units": 1, "of_units": 10**12}),
            ("receipt_act", {"text": "x" * 6000, "on_date": "2024-01-01"}),
            ("receipt_decline", {"reason": "a\0b"}),
            ("receipt_act", {"text": "", "on_date": ""}),
            ("receipt_act", {"text": "Will be", "on_date": "2999-01-01"}),
            ("receipt_decline", {"reason": ""}),
        ],
    )
    def test_refuses_beside_the_field(self, client, story, name, data):
        bulletin = story.released()

        response = recipient(client, story).post(url(name, bulletin.pk), data)

        assert response.status_code == 422
        assert response.context["form"].errors

    def test_is_not_there_for_the_sender(self, editor, story):
        bulletin = story.released()

        assert editor.post(url("receipt_acknowledge", bulletin.pk)).status_code == 404

    def test_the_sender_sees_who_did_what(self, client, story):
        bulletin = story.released()
        recipient(client, story).post(url("receipt_acknowledge", bulletin.pk))
        client.force_login(story.editor)

        page = client.get(url("bulletin_detail", bulletin.pk))

        assert page.context["receipts"][0].acknowledged_by == story.commander
        assert [each.people for each in page.context["readers"]] == [2, 1]

    def test_the_recipient_does_not_see_the_others(self, client, story):
        bulletin = story.released()
        other = UserFactory.create(commander=True)

        page = recipient(client, story).get(url("bulletin_detail", bulletin.pk))

        assert "receipts" not in page.context
        assert other.agency.name not in page.content.decode()


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
