"""Accounts of an entry, changed by two people at once."""

import pytest
from django.urls import reverse

from reviews import actions
from tests.factories import NOON
from tests.reviews.factories import write

ACCOUNT = {"row-by": "Rescue", "row-said": "Called only at half past.", "row-clock": "1630"}


class TestAccountRemovedMeanwhile:
    @pytest.fixture
    def account(self, draft, lead):
        write(draft, by=lead)
        return actions.add_account(
            review_id=draft.pk,
            entry_id=draft.timeline.get().pk,
            teller="Rescue",
            said="Dispatched at once.",
            by=lead,
            at=NOON,
        )

    @pytest.fixture
    def change(self, draft, account):
        return reverse("reviews:row_change", args=[draft.pk, "accounts", account.pk])

    def typed_on(self, client, url):
        """What the browser sends back from the open page, with other words in it."""
        form = client.get(url).context["form"]
        hidden = {form.add_prefix(each.name): each.value() or "" for each in form.hidden_fields()}
        return hidden | ACCOUNT

    def test_gives_back_the_account_beside_its_entry(self, at_desk, draft, lead, account, change):
        typed = self.typed_on(at_desk, change)
        add = reverse("reviews:account_add", args=[draft.pk, account.entry_id])
        actions.remove_account(review_id=draft.pk, row_id=account.pk, by=lead, at=NOON)

        page = at_desk.post(change, typed)
        again = at_desk.post(add, typed)

        assert page.status_code == 409
        assert "Called only at half past." in page.text
        assert "Patrol leaves the gate." in page.text
        assert f'action="{add}"' in page.text
        assert again.status_code == 302
        assert draft.timeline.get().accounts.get().said == "Called only at half past."

    @pytest.mark.parametrize("page_name", ["change", "add"])
    def test_gives_it_back_as_an_entry_when_the_entry_went_too(
        self, at_desk, draft, lead, account, change, page_name
    ):
        add = reverse("reviews:account_add", args=[draft.pk, account.entry_id])
        url = {"change": change, "add": add}[page_name]
        typed = self.typed_on(at_desk, url)
        actions.remove_entry(review_id=draft.pk, row_id=account.entry_id, by=lead, at=NOON)

        page = at_desk.post(url, typed)
        form = page.context["form"]
        again = at_desk.post(
            reverse("reviews:row_add", args=[draft.pk, "entries"]),
            {form.add_prefix(name): form[name].value() for name in form.fields},
        )

        assert page.status_code == 409
        assert "The entry was removed while you wrote." in page.text
        assert again.status_code == 302
        entry = draft.timeline.get()
        assert (entry.text, f"{entry.at_time:%H:%M}") == (
            "Rescue: Called only at half past.",
            "16:30",
        )

    def test_is_not_found_when_it_is_only_asked_for(self, at_desk, draft, lead, account, change):
        add = reverse("reviews:account_add", args=[draft.pk, account.entry_id])
        actions.remove_entry(review_id=draft.pk, row_id=account.entry_id, by=lead, at=NOON)

        assert at_desk.get(change).status_code == 404
        assert at_desk.get(add).status_code == 404

    def test_an_outsider_learns_nothing(self, client, outsider, draft, lead, account, change):
        client.force_login(outsider)
        actions.remove_account(review_id=draft.pk, row_id=account.pk, by=lead, at=NOON)

        assert client.post(change, ACCOUNT).status_code == 404

    def test_shows_both_versions_when_it_was_only_changed(self, at_desk, draft, account, change):
        typed = self.typed_on(at_desk, change)
        at_desk.post(change, typed | {"row-said": "Theirs."})

        page = at_desk.post(change, typed | {"row-said": "Mine."})
        at_desk.post(change, {"lock_version": 2, "keep_said": "yours", "yours_said": "Mine."})

        account.refresh_from_db()
        assert page.status_code == 409
        assert [row.name for row in page.context["rows"] if row.differs] == ["said"]
        assert (account.said, account.version) == ("Mine.", 3)
