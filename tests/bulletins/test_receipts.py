"""Opened, acknowledged, briefed, acted, or not and why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from audit.choices import Verb
from audit.models import Event
from bulletins.actions import receipts as actions
from bulletins.inputs import Briefing, Deed
from bulletins.models import Bulletin, Receipt
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung")
DEED = Deed("Routes walked, cordon moved.", NOON.date(), "Order 14")


def count(verb):
    return Event.objects.filter(verb=verb).count()


def acknowledge(bulletin, by):
    return actions.acknowledge_bulletin(bulletin_id=bulletin.pk, by=by, at=NOON)


def act(bulletin, by, deed=DEED):
    return actions.record_action(bulletin_id=bulletin.pk, deed=deed, by=by, at=NOON)


def decline(bulletin, by, reason="No processions here"):
    return actions.decline_action(bulletin_id=bulletin.pk, reason=reason, by=by, at=NOON)


class TestOpenBulletin:
    def test_the_first_opening_counts_and_each_is_recorded(self, story):
        bulletin = story.released()

        for minute in (0, 5):
            at = NOON + timedelta(minutes=minute)
            actions.open_bulletin(bulletin_id=bulletin.pk, by=story.commander, at=at)

        assert Receipt.objects.get().opened_at == NOON
        assert (count(Verb.RECEIPT_OPENED), count(Verb.BULLETIN_DOWNLOADED)) == (1, 2)

    def test_the_owners_reading_is_no_receipt(self, story):
        bulletin = story.released()

        actions.open_bulletin(bulletin_id=bulletin.pk, by=story.editor, at=NOON)

        assert Receipt.objects.get().opened_at is None

    def test_is_invisible_to_an_outsider(self, story, outsider):
        with pytest.raises(Bulletin.DoesNotExist):
            actions.open_bulletin(bulletin_id=story.released().pk, by=outsider, at=NOON)


class TestAcknowledgeBulletin:
    def test_names_the_post_and_the_time_once(self, story):
        bulletin = story.released()

        acknowledge(bulletin, story.commander)
        acknowledge(bulletin, story.commander)

        receipt = Receipt.objects.get()
        assert (receipt.acknowledged_by, receipt.acknowledged_at) == (story.commander, NOON)
        assert count(Verb.RECEIPT_ACKNOWLEDGED) == 1

    def test_is_refused_to_roles_that_do_not_answer(self, story):
        bulletin = story.released()
        investigator = UserFactory.create(agency=story.commander.agency)

        for person in (investigator, story.editor):
            with pytest.raises(PermissionDenied):
                acknowledge(bulletin, person)

    def test_is_invisible_to_an_outsider(self, story, outsider):
        with pytest.raises(Bulletin.DoesNotExist):
            acknowledge(story.released(), outsider)


class TestRecordBriefing:
    def brief(self, bulletin, by, units=5, of_units=9, **more):
        briefing = Briefing(units, of_units, **more)
        return actions.record_briefing(bulletin_id=bulletin.pk, briefing=briefing, by=by, at=NOON)

    def test_a_later_count_replaces_an_earlier_one(self, story):
        bulletin = story.released()

        self.brief(bulletin, story.commander)
        self.brief(bulletin, story.commander, units=9)
        self.brief(bulletin, story.commander, units=9)

        assert Receipt.objects.get().units_briefed == 9
        assert count(Verb.RECEIPT_BRIEFED) == 2

    def test_names_the_units_the_day_and_who_said_so(self, story):
        named = {"names": ("City", "Cantonment"), "on_date": NOON.date()}

        self.brief(story.released(), story.commander, **named)

        receipt = Receipt.objects.get()
        assert receipt.units_named == "City\nCantonment"
        assert (receipt.briefed_by, receipt.briefed_on_date) == (story.commander, NOON.date())

    def test_refuses_more_names_than_units_and_days_to_come(self, story):
        bulletin = story.released()

        for units, more in ((1, {"names": ("A", "B")}), (2, {"on_date": date(2100, 1, 1)})):
            with pytest.raises(actions.ReceiptRefused):
                self.brief(bulletin, story.commander, units, **more)

    @pytest.mark.parametrize(("units", "of_units"), [(10, 9), (-1, 9), (0, 0)])
    def test_refuses_more_units_than_there_are(self, story, units, of_units):
        with pytest.raises(actions.ReceiptRefused):
            self.brief(story.released(), story.commander, units, of_units)

    def test_is_refused_to_the_sender_and_hidden_from_outsiders(self, story, outsider):
        bulletin = story.released()

        with pytest.raises(PermissionDenied):
            self.brief(bulletin, story.editor)
        with pytest.raises(Bulletin.DoesNotExist):
            self.brief(bulletin, outsider)


class TestRecordAction:
    def test_acting_acknowledges_and_stands_once(self, story):
        bulletin = story.released()

        act(bulletin, story.commander)
        act(bulletin, story.commander, Deed("Something else", NOON.date()))

        receipt = Receipt.objects.get()
        assert receipt.acted_text == DEED.text
        assert receipt.acknowledged_at == NOON
        assert count(Verb.RECEIPT_ACTED) == 1

    def test_refuses_a_day_in_the_future(self, story):
        tomorrow = Deed("Will be done", NOON.date() + timedelta(days=1))

        with pytest.raises(actions.ReceiptRefused, match="future"):
            act(story.released(), story.commander, tomorrow)

        assert Receipt.objects.get().acknowledged_at is None

    def test_refuses_to_act_after_saying_that_nothing_was_done(self, story):
        bulletin = story.released()
        decline(bulletin, story.commander)

        with pytest.raises(actions.ReceiptRefused, match="nothing was done"):
            act(bulletin, story.commander)

    def test_is_refused_to_the_sender_and_hidden_from_outsiders(self, story, outsider):
        bulletin = story.released()

        with pytest.raises(PermissionDenied):
            act(bulletin, story.editor)
        with pytest.raises(Bulletin.DoesNotExist):
            act(bulletin, outsider)


class TestDeclineAction:
    def test_keeps_the_reason_once(self, story):
        bulletin = story.released()

        decline(bulletin, story.commander)
        decline(bulletin, story.commander, "Another reason")

        assert Receipt.objects.get().declined_reason == "No processions here"
        assert count(Verb.RECEIPT_DECLINED) == 1

    def test_refuses_without_a_reason(self, story):
        with pytest.raises(actions.ReceiptRefused, match="why"):
            decline(story.released(), story.commander, " ")

    def test_refuses_after_acting(self, story):
        bulletin = story.released()
        act(bulletin, story.commander)

        with pytest.raises(actions.ReceiptRefused, match="what was done"):
            decline(bulletin, story.commander)

    def test_is_refused_to_the_sender_and_hidden_from_outsiders(self, story, outsider):
        bulletin = story.released()

        with pytest.raises(PermissionDenied):
            decline(bulletin, story.editor)
        with pytest.raises(Bulletin.DoesNotExist):
            decline(bulletin, outsider)
