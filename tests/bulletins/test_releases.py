"""Sending and calling back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from agencies.choices import TLP, Classification
from audit.choices import Verb
from audit.models import Event
from bulletins.actions import releases as actions
from bulletins.actions.seconds import NeedsSecondPerson
from bulletins.choices import Ask
from bulletins.models import Bulletin, Receipt, Release
from tests.bulletins.factories import asked
from tests.factories import NOON, SharingGroupFactory, UserFactory

pytestmark = pytest.mark.usefixtures("rung")


def release(story, bulletin, by=None, request=None, agency=None):
    return actions.release_to_agency(
        bulletin_id=bulletin.pk,
        agency_id=(agency or story.commander.agency).pk,
        asked=request or asked(),
        by=by or story.editor,
        at=NOON,
    )


def reads(user, bulletin):
    return Bulletin.objects.visible_to(user).filter(pk=bulletin.pk).exists()


class TestReleaseToAgency:
    def test_opens_the_bulletin_to_that_agency_alone(self, story, outsider):
        bulletin = story.issued()
        before = reads(story.commander, bulletin)

        release(story, bulletin)

        assert not before
        assert reads(story.commander, bulletin)
        assert not reads(outsider, bulletin)
        assert Receipt.objects.get().agency == story.commander.agency
        assert Event.objects.filter(verb=Verb.RELEASE_MADE).count() == 1

    def test_twice_is_once(self, story):
        bulletin = story.issued()

        assert release(story, bulletin) == release(story, bulletin)

        assert (Release.objects.count(), Receipt.objects.count()) == (1, 1)

    @pytest.mark.parametrize("tlp", [TLP.AMBER_STRICT])
    def test_refuses_what_may_not_leave_the_agency(self, story, tlp):
        with pytest.raises(actions.CannotRelease, match="does not leave the agency"):
            release(story, story.issued(tlp=tlp))

    def test_refuses_an_agency_where_nobody_is_cleared(self, story):
        bulletin = story.issued()
        story.commander.clearance = Classification.UNMARKED
        story.commander.save(update_fields=["clearance"])

        with pytest.raises(actions.CannotRelease, match="cleared to RESTRICTED"):
            release(story, bulletin)

    def test_refuses_the_own_agency(self, story):
        with pytest.raises(actions.CannotRelease, match="has it already"):
            release(story, story.issued(), agency=story.agency)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"acknowledge_by": None}, "by when it is to be acknowledged"),
            ({"acknowledge_by": NOON - timedelta(minutes=1)}, "has passed"),
            ({"act_by": None}, "by when they are to act"),
            ({"act_by": NOON.date() - timedelta(days=1)}, "has passed"),
        ],
    )
    def test_refuses_a_request_without_its_dates(self, story, changes, sentence):
        with pytest.raises(actions.CannotRelease, match=sentence):
            release(story, story.issued(), request=replace(asked(), **changes))

    def test_refuses_a_draft(self, story):
        with pytest.raises(PermissionDenied):
            release(story, story.composed())

    def test_is_refused_to_other_roles_and_hidden_from_outsiders(self, story, outsider):
        bulletin = story.issued()
        own = UserFactory.create(agency=story.agency)

        with pytest.raises(PermissionDenied):
            release(story, bulletin, by=own)
        with pytest.raises(Bulletin.DoesNotExist):
            release(story, bulletin, by=outsider)

    def test_is_not_for_who_wrote_it_and_says_who_may(self, story):
        bulletin = story.issued()

        with pytest.raises(NeedsSecondPerson, match=f"Ask: {story.editor.post}"):
            release(story, bulletin, by=story.writer)

        assert not Release.objects.exists()

    def test_the_database_refuses_its_author_too(self, story):
        bulletin = story.issued()

        with pytest.raises(IntegrityError, match="is not released by who wrote it"):
            bulletin.releases.create(
                to_agency=story.commander.agency, shared_at=NOON, shared_by=story.writer
            )


class TestReleaseToGroup:
    def test_each_agency_of_the_group_has_a_receipt_of_its_own(self, story):
        other = UserFactory.create(commander=True)
        group = SharingGroupFactory.create(
            agencies=[story.agency, story.commander.agency, other.agency]
        )
        bulletin = story.issued()

        actions.release_to_group(
            bulletin_id=bulletin.pk,
            group_id=group.pk,
            asked=asked(Ask.READ),
            by=story.editor,
            at=NOON,
        )

        assert {receipt.agency for receipt in Receipt.objects.all()} == {
            story.commander.agency,
            other.agency,
        }
        assert reads(other, bulletin)


class TestRecallRelease:
    def recall(self, story, by=None, reason="A name slipped in"):
        return actions.recall_release(
            release_id=Release.objects.get().pk, reason=reason, by=by or story.editor, at=NOON
        )

    def test_closes_the_bulletin_to_them_and_keeps_the_reason(self, story):
        bulletin = story.released()

        release_row = self.recall(story)

        assert not reads(story.commander, bulletin)
        assert release_row.recall_reason == "A name slipped in"
        assert Event.objects.filter(verb=Verb.RELEASE_RECALLED).count() == 1

    def test_needs_no_second_person(self, story):
        story.released()

        assert self.recall(story, by=story.writer).recalled_by == story.writer

    def test_twice_is_once(self, story):
        story.released()
        self.recall(story)

        again = self.recall(story, reason="Another")

        assert again.recall_reason == "A name slipped in"
        assert Event.objects.filter(verb=Verb.RELEASE_RECALLED).count() == 1

    def test_refuses_without_a_reason(self, story):
        story.released()

        with pytest.raises(actions.RecallNeedsReason):
            self.recall(story, reason=" ")

    def test_is_refused_to_the_recipient_and_hidden_from_outsiders(self, story, outsider):
        story.released()

        with pytest.raises(PermissionDenied):
            self.recall(story, by=story.commander)
        with pytest.raises(Release.DoesNotExist):
            self.recall(story, by=outsider)
