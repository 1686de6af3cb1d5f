"""Further editions: begun as a copy, said to differ, taking the place of the one before."""

from dataclasses import fields

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from agencies.choices import TLP
from bulletins.actions.bulletins import BulletinNotReady, change_bulletin, issue_bulletin
from bulletins.actions.editions import begin_edition
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin
from bulletins.rendering.records import record_hash
from tests.bulletins.factories import text
from tests.bulletins.pages import url
from tests.factories import NOON, UserFactory

NOTE = "The second step is new."


def begin(story, former, by=None, note=NOTE):
    return begin_edition(bulletin_id=former.pk, change_note=note, by=by or story.writer, at=NOON)


def second(story, former):
    """The next edition, changed in its title and issued."""
    draft = begin(story, former)
    change_bulletin(
        bulletin_id=draft.pk,
        text=text(title="Crowds beside two vehicles"),
        lesson_ids=[story.lesson.pk],
        lock_version=1,
        by=story.writer,
        at=NOON,
    )
    return issue_bulletin(bulletin_id=draft.pk, by=story.editor, at=NOON)


class TestBeginEdition:
    def test_starts_as_a_copy_once(self, story, rung):
        former = story.issued()

        draft, again = begin(story, former), begin(story, former)

        assert draft == again
        assert (draft.reference, draft.edition, draft.state) == (former.reference, 2, "DRAFT")
        assert all(
            getattr(draft, each.name) == getattr(former, each.name) for each in fields(BulletinText)
        )
        assert list(draft.lessons.all()) == [story.lesson]

    def test_is_marked_up_with_what_was_marked_up_since(self, story, rung):
        former = story.issued()
        connection.check_constraints()
        story.lesson.tlp = TLP.AMBER_STRICT
        story.lesson.save(update_fields=["tlp"])

        assert begin(story, former).tlp == TLP.AMBER_STRICT

    def test_is_refused_without_a_word_on_what_changes_and_after_the_next(self, story, rung):
        former = story.issued()
        with pytest.raises(BulletinNotReady, match="what changes"):
            begin(story, former, note=" ")
        second(story, former)

        with pytest.raises(BulletinNotReady, match="Edition 2 is issued"):
            begin(story, former)

    def test_is_for_editors_of_its_agency_and_of_what_is_issued(self, story, rung, outsider):
        with pytest.raises(PermissionDenied):
            begin(story, story.composed())
        former = story.issued()

        with pytest.raises(PermissionDenied):
            begin(story, former, by=UserFactory.create(commander=True, agency=story.agency))
        with pytest.raises(Bulletin.DoesNotExist):
            begin(story, former, by=outsider)

    def test_the_database_holds_the_chain(self, story, rung):
        draft = begin(story, story.issued())

        with pytest.raises(IntegrityError, match="not the edition before"):
            Bulletin.objects.filter(pk=draft.pk).update(edition=3)


class TestEditions:
    def test_the_next_takes_the_place_and_says_so(self, client, story, rung):
        former = story.issued()
        newer = second(story, former)
        client.force_login(story.editor)

        listed = client.get(url("bulletin_list")).content.decode()
        old = client.get(former.get_absolute_url()).content.decode()
        history = client.get(url("bulletin_history", former.pk)).content.decode()

        assert newer.get_absolute_url() in listed
        assert f'href="{former.get_absolute_url()}"' not in listed
        assert "Superseded by edition 2" in old
        assert NOTE in history
        assert "<ins>" in history
        assert newer.content["change_note"] == NOTE
        assert "change_note" not in former.content
        assert record_hash(former.content) == former.sha256

    def test_is_begun_from_a_page_that_keeps_what_was_typed(self, client, story, rung):
        former = story.issued()
        client.force_login(story.writer)

        empty = client.post(url("edition_begin", former.pk), {"change_note": ""})
        done = client.post(url("edition_begin", former.pk), {"change_note": NOTE})

        assert empty.status_code == 422
        assert done.url == url("bulletin_edit", Bulletin.objects.get(edition=2).pk)

    def test_the_history_of_what_one_may_not_read_is_not_there(self, client, story, outsider, rung):
        former = story.issued()
        client.force_login(outsider)

        assert client.get(url("bulletin_history", former.pk)).status_code == 404
        assert client.get(url("edition_begin", former.pk)).status_code == 404
