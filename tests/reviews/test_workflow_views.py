"""The way of a review in the browser, and what an outsider sees of it: nothing."""

import re
from typing import Any

import pytest
from django.urls import reverse

from reviews.choices import Letter, ReviewState
from reviews.models import Dissent
from tests.reviews.factories import ReviewFactory, section, write


class TestWorkflow:
    def test_runs_from_draft_to_publication(self, client, draft, lead, judge):
        write(draft, by=lead)
        steps: tuple[tuple[Any, str, dict[str, str], str], ...] = (
            (lead, "review_submit", {}, ReviewState.SUBMITTED),
            (judge, "review_return", {"comment": "Say who decided."}, ReviewState.RETURNED),
            (lead, "review_submit", {}, ReviewState.SUBMITTED),
            (judge, "review_approve", {"approve-comment": "Good."}, ReviewState.APPROVED),
            (judge, "review_publish", {}, ReviewState.PUBLISHED),
        )
        for person, name, typed, state in steps:
            client.force_login(person)
            answer = client.post(reverse(f"reviews:{name}", args=[draft.pk]), typed, follow=True)
            draft.refresh_from_db()
            assert (answer.status_code, draft.state) == (200, state)

        assert draft.versions.get().sha256 in answer.content.decode()

    def test_links_what_is_missing_to_its_section(self, at_desk, draft):
        at_desk.post(reverse("reviews:review_submit", args=[draft.pk]))

        page = at_desk.get(section(draft, "J")).content.decode()
        for letter in "BDEF":
            assert f'<li><a href="{section(draft, letter)}">' in page

    def test_asks_for_the_comment_of_a_return(self, client, submitted, judge):
        client.force_login(judge)

        answer = client.post(reverse("reviews:review_return", args=[submitted.pk]), {"comment": ""})

        assert answer.status_code == 422
        assert "Say what is to be put right." in answer.content.decode()

    def test_shows_the_return_to_the_lead(self, at_desk, lead):
        review = ReviewFactory.create(lead=lead, state="RETURNED")

        assert "Say who." in at_desk.get(review.get_absolute_url()).content.decode()

    def test_prints_a_dissent_beside_its_finding(self, client, submitted, judge):
        client.force_login(judge)
        client.post(
            reverse("reviews:dissent_attach", args=[submitted.pk]),
            {"kind": "cause", "about": "finding 1", "text": "It was searched."},
        )

        page = client.get(reverse("reviews:review_read", args=[submitted.pk])).content.decode()
        finding = page.index("Nobody searched the crowd")
        assert finding < page.index("It was searched.") < page.index('id="F"')
        assert Dissent.objects.count() == 1


class TestOutsider:
    """A draft is not there for anybody but its team: no page, no deed, no line."""

    @pytest.fixture
    def addresses(self, draft, lead):
        write(draft, by=lead)
        entry, finding = draft.timeline.get(), draft.findings.get()
        names = ("review_detail", "review_read", "review_defer", "review_members", "review_publish")
        return [
            *(reverse(f"reviews:{name}", args=[draft.pk]) for name in names),
            *(section(draft, letter) for letter in Letter.values),
            reverse("reviews:row_add", args=[draft.pk, "findings"]),
            reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk]),
            reverse("reviews:row_remove", args=[draft.pk, "entries", entry.pk]),
            reverse("reviews:account_add", args=[draft.pk, entry.pk]),
        ]

    @pytest.fixture
    def deeds(self, draft):
        names = ("review_submit", "review_return", "review_approve", "dissent_attach")
        return [reverse(f"reviews:{name}", args=[draft.pk]) for name in names]

    def test_finds_nothing(self, client, outsider, addresses, deeds):
        client.force_login(outsider)

        assert {client.get(url).status_code for url in addresses} == {404}
        assert {client.post(url).status_code for url in [*addresses[2:], *deeds]} == {404}

    def test_nor_does_the_commander_before_it_is_submitted(self, client, judge, addresses):
        client.force_login(judge)

        assert {client.get(url).status_code for url in addresses} == {404}

    def test_answers_as_for_what_is_not_there(self, client, outsider, draft):
        client.force_login(outsider)

        pages = [
            client.get(reverse("reviews:review_detail", args=[pk])) for pk in (draft.pk, 999_999)
        ]

        # The form that switches the language repeats the address and carries its token.
        unseen, unknown = (re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages)
        assert unseen == unknown

    def test_is_led_to_sign_in(self, client, addresses):
        assert {client.get(url).status_code for url in addresses} == {302}
