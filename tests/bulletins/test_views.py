"""The pages of a bulletin: who gets them, what they refuse, how much they ask the database."""

import pytest
from django.utils import timezone

from bulletins.choices import BulletinState
from bulletins.models import Bulletin, Release, Rendering
from tests.bulletins.pages import recipient, typed, url
from tests.counting import LOCK

pytestmark = pytest.mark.usefixtures("rung", "media")


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

        with django_assert_num_queries(5 + LOCK):
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
