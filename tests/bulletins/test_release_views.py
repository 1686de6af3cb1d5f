"""Pages of releases, and of what the recipients do with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.choices import Ask
from bulletins.models import Receipt, Release
from tests.bulletins.pages import recipient, url
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media")


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
        assert [each.people for each in page.context["readers"]] == [4, 1]

    def test_the_recipient_does_not_see_the_others(self, client, story):
        bulletin = story.released()
        other = UserFactory.create(commander=True)

        page = recipient(client, story).get(url("bulletin_detail", bulletin.pk))

        assert "receipts" not in page.context
        assert other.agency.name not in page.content.decode()
