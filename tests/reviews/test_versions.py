"""Every version is a page of its own, and what two of them say otherwise can be read."""

import hashlib
import json

import pytest
from django.urls import reverse

from reviews import actions, selectors
from reviews.models import ReviewVersion
from reviews.selectors import frozen
from tests.factories import NOON
from tests.reviews.factories import ReviewFactory
from tests.reviews.test_amending import amend, rewrite, settle


def address(name, review, *parts):
    return reverse(f"reviews:{name}", args=[review.pk, *parts])


@pytest.fixture
def amended(lead):
    review = ReviewFactory.create(lead=lead, state="PUBLISHED")
    amendment = amend(review, lead)
    rewrite(amendment, lead)
    return settle(amendment, lead)


class TestChanges:
    BEFORE = {
        "tier": "T2",
        "narratives": {"B": "A search lane was planned.", "G": "Nobody said."},
        "findings": [{"number": 1, "title": "No search"}, {"number": 2, "title": "No light"}],
        "timeline": [
            {"date": "2023-09-29", "text": "Patrol leaves the main gate.", "accounts": []},
            {"date": "2023-09-29", "text": "First ambulance arrives.", "accounts": []},
        ],
    }

    def told(self, **changes):
        after = json.loads(json.dumps(self.BEFORE | changes))
        return [
            (section.letter, part.state, part.heading, [each.label for each in part.facts])
            for section in frozen.changes(self.BEFORE, after)
            for part in section.parts
        ]

    def test_say_nothing_where_nothing_changed(self):
        assert self.told() == []

    def test_name_the_section_the_line_and_the_field(self):
        found = self.told(
            tier="T3",
            findings=[{"number": 1, "title": "No search"}, {"number": 3, "title": "No radio"}],
        )

        assert found == [
            ("A", "changed", "Header", ["Tier"]),
            ("E", "added", "3. No radio", ["Number", "Title"]),
            ("E", "removed", "2. No light", ["Number", "Title"]),
        ]

    def test_follow_a_line_that_nothing_names_by_its_words(self):
        account = {"by": "Driver", "said": "It was dark."}
        lines = [
            {"date": "2023-09-29", "text": "Patrol leaves the rear gate.", "accounts": [account]},
            {"date": "2023-09-29", "text": "Gate is shut.", "accounts": []},
            self.BEFORE["timeline"][1],
        ]

        assert [row[:3] for row in self.told(timeline=lines)] == [
            ("D", "changed", "Patrol leaves the rear gate."),
            ("D", "added", "Gate is shut."),
        ]

    def test_show_a_field_that_nobody_told_them_of(self):
        found = self.told(weather_seen="Fog", sirens=[{"from_whom": "CTD", "number": "7"}])

        assert found == [
            ("A", "changed", "Header", ["Weather seen"]),
            ("Z", "added", "7. Sirens", ["Number", "From whom"]),
        ]

    def test_tell_each_line_in_its_section_and_in_the_words_of_the_form(self):
        found = self.told(
            adversary={"group_named": "", "intent": {"text": "Not known.", "grade": "F6"}},
            cause_links=[{"cause": 1, "effect": 2, "kind": "LED_TO", "text": ""}],
            chapters=[{"chapter": "TARGET", "text": "A crowd on a known day."}],
            network_roles=[{"kind": "facilitator", "number": 8}],
        )

        assert found == [
            (
                *("C", "added", "What is known of the adversary"),
                ["Intent: In words", "Intent: Grade"],
            ),
            (
                *("C", "added", "Why this target, and why then"),
                ["Chapter", "In words"],
            ),
            ("C", "added", "Local facilitator", ["Number", "Role"]),
            (
                *("E", "added", "led to"),
                ["What it did", "Finding that is the cause", "Finding that follows"],
            ),
        ]

    def test_mark_the_words(self):
        pieces = frozen.word_changes(
            "Nobody searched the crowd.", "Nobody searched the whole crowd."
        )

        assert [(each.state, each.text.strip()) for each in pieces] == [
            ("same", "Nobody searched the"),
            ("added", "whole"),
            ("same", "crowd."),
        ]


class TestSections:
    def test_take_every_list_of_a_review(self, lead):
        document = selectors.review_document(ReviewFactory.create(lead=lead))

        lists = {key for key, held in document.items() if isinstance(held, list)}

        # A chapter names its own section.
        assert lists - {"chapters"} == set(frozen.parts.SECTIONS)


class TestVersionPages:
    def test_are_drawn_from_what_was_frozen(self, client, judge, amended):
        client.force_login(judge)
        amended.findings.update(title="Altered behind everybody’s back")

        first = client.get(address("version_detail", amended, 1)).text
        second = client.get(address("version_detail", amended, 2)).text

        assert "Nobody searched the crowd" in first
        assert "second gate" in second
        assert "second gate" not in first
        assert "Altered behind" not in first + second
        assert "still gives the SHA-256" in first
        assert client.get(address("version_detail", amended, 3)).status_code == 404

    def test_say_when_the_hash_no_longer_holds(self, client, judge, lead):
        review = ReviewFactory.create(lead=lead, state="APPROVED")
        content = selectors.review_document(review)
        wrong = {"content": content, "sha256": "0" * 64, "frozen_at": NOON, "frozen_by": lead}
        ReviewVersion.objects.create(review=review, number=1, **wrong)
        client.force_login(judge)

        assert "it was altered" in client.get(address("version_detail", review, 1)).text

    def test_give_the_file_that_was_hashed(self, client, judge, amended):
        client.force_login(judge)

        answer = client.get(address("version_file", amended, 2))

        kept = amended.versions.get(number=2).sha256
        assert hashlib.sha256(answer.content).hexdigest() == kept
        assert "attachment" in answer["Content-Disposition"]

    def test_show_what_changed_since_any_other(self, client, judge, amended):
        client.force_login(judge)
        page = address("version_changes", amended, 2)

        told = client.get(page).text

        assert "<ins>" in told
        assert "at the second gate" in told
        assert "[added:" in told
        assert "They say the same" in client.get(f"{page}?since=2").text
        assert client.get(f"{page}?since=9").status_code == 404
        assert client.get(f"{page}?since=x").status_code == 404

    def test_are_not_there_for_an_outsider(self, client, outsider, amended):
        client.force_login(outsider)

        names = ("version_detail", "version_file", "version_changes")
        assert {client.get(address(each, amended, 1)).status_code for each in names} == {404}


class TestAmendingPages:
    def test_open_an_amendment_and_show_what_it_changes(self, client, lead, outsider):
        review = ReviewFactory.create(lead=lead, state="PUBLISHED")
        client.force_login(lead)
        page = address("review_amend", review)

        assert page in client.get(review.get_absolute_url()).text
        assert client.post(page, {"reason": " "}).status_code == 422
        answer = client.post(page, {"reason": "A witness was heard."})

        amendment = review.amendments.get()
        assert answer.url == amendment.get_absolute_url()
        assert "A witness was heard." in client.get(answer.url).text
        rewrite(amendment, lead)
        told = client.get(address("amendment_changes", amendment)).text
        assert "at the second gate" in told
        assert "second gate" not in client.get(address("review_read", review)).text
        client.force_login(outsider)
        assert client.get(page).status_code == 404
        assert client.get(address("amendment_changes", amendment)).status_code == 404


class TestSectionComments:
    def test_are_answered_before_it_comes_again(self, client, lead, judge):
        review = ReviewFactory.create(lead=lead, state="SUBMITTED")
        client.force_login(judge)
        said = {"comment": "See sections.", "on_B": "Which order?", "on_D": ""}
        client.post(address("review_return", review), said)
        comment = review.section_comments.get()
        client.force_login(lead)

        page = client.get(reverse("reviews:section_edit", args=[review.pk, "B"])).text
        assert "Which order?" in page
        assert "1 comment to answer" in client.get(review.get_absolute_url()).text
        with pytest.raises(actions.ReviewIncomplete, match="section B"):
            actions.submit_review(review_id=review.pk, by=lead, at=NOON)
        answer = address("comment_answer", review, comment.pk)
        assert client.post(answer, {"answer": ""}).status_code == 422
        client.post(answer, {"answer": "Order 12 is named now."})
        client.post(answer, {"answer": "Something else."})

        comment.refresh_from_db()
        assert (comment.answer, comment.answered_by) == ("Order 12 is named now.", lead)
        actions.submit_review(review_id=review.pk, by=lead, at=NOON)
        client.force_login(judge)
        assert (
            "Order 12 is named now."
            in client.get(reverse("reviews:section_edit", args=[review.pk, "J"])).text
        )
