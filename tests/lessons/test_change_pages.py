"""Working on the text of a lesson, alone and two at once, over HTTP."""

import pytest
from django.urls import reverse

from audit.models import Event
from lessons import actions
from tests.factories import NOON
from tests.lessons.factories import (
    drawn,
    text,
    typed,
)


class TestTwoEditors:
    @pytest.fixture
    def lesson(self, finding, writer, commander):
        lesson = drawn(finding, by=writer)
        actions.change_lesson(
            lesson_id=lesson.pk,
            text=text(title="Theirs", kind="NOTABLE_PRACTICE"),
            lock_version=1,
            by=commander,
            at=NOON,
        )
        return lesson

    def stale(self, client, lesson):
        path = reverse("lessons:lesson_change", args=[lesson.pk])
        return client.post(path, typed(title="Mine", lock_version=1))

    def test_see_both_versions(self, writing, lesson):
        page = self.stale(writing, lesson)

        assert page.status_code == 409
        assert "Mine" in page.text
        assert "Theirs" in page.text
        assert "Notable practice" in page.text

    def test_choose_line_by_line(self, writing, lesson):
        page = self.stale(writing, lesson)
        choice = {f"keep_{row['name']}": "theirs" for row in page.context["rows"]}
        choice |= {f"yours_{row['name']}": row["yours"] for row in page.context["rows"]}
        choice |= {"keep_title": "yours", "lock_version": "2"}

        answer = writing.post(reverse("lessons:lesson_merge", args=[lesson.pk]), choice)

        assert answer.status_code == 302
        lesson.refresh_from_db()
        assert (lesson.title, lesson.kind) == ("Mine", "NOTABLE_PRACTICE")
        assert lesson.observation == text().observation

    def test_are_shown_again_when_a_third_one_saved(self, writing, lesson):
        answer = writing.post(
            reverse("lessons:lesson_merge", args=[lesson.pk]),
            {"keep_title": "yours", "yours_title": "Mine", "lock_version": 1},
        )

        assert answer.status_code == 409
        assert Event.objects.filter(verb="lesson.changed").count() == 1


class TestChangePage:
    def test_shows_the_lesson_as_it_stands(self, writing, finding, writer):
        lesson = drawn(finding, by=writer, discussion="A reason that stays.")

        page = writing.get(reverse("lessons:lesson_change", args=[lesson.pk]))

        assert "A reason that stays." in page.text

    def test_saves(self, writing, finding, writer):
        lesson = drawn(finding, by=writer)
        path = reverse("lessons:lesson_change", args=[lesson.pk])

        writing.post(path, typed(title="Said better", lock_version=1))

        lesson.refresh_from_db()
        assert lesson.title == "Said better"

    def test_keeps_what_was_typed_when_a_commander_has_decided(
        self, writing, finding, writer, commander
    ):
        lesson = drawn(finding, by=writer)
        actions.reject_lesson(lesson_id=lesson.pk, reason="Known.", by=commander, at=NOON)
        path = reverse("lessons:lesson_change", args=[lesson.pk])

        page = writing.post(path, typed(observation="Words not to lose.", lock_version=1))

        assert page.status_code == 409
        assert "Words not to lose." in page.text
        assert "A commander has decided on this lesson" in page.text

    def test_is_closed_to_those_who_only_watch(self, client, finding, writer, auditor):
        lesson = drawn(finding, by=writer)
        client.force_login(auditor)

        assert client.get(reverse("lessons:lesson_change", args=[lesson.pk])).status_code == 403
