"""What cannot be stored is refused in words, and what was typed stays on the page."""

import pytest
from django.urls import reverse

from reviews import actions
from reviews.choices import ReviewState
from tests.factories import NOON
from tests.reviews.factories import section, write

FINDING = {
    "row-title": "Nobody watched the rear wall",
    "row-kind": "failure",
    "row-phase": "BEFORE",
    "row-counterfactual": "UNKNOWN",
}
CLOSED = "nothing in it can be changed"


def address(name, *args):
    return reverse(f"reviews:{name}", args=args)


@pytest.fixture
def handed_in(at_desk, draft, lead):
    """The lead's page stayed open while the review went to the commander."""
    write(draft, by=lead)
    actions.submit_review(review_id=draft.pk, by=lead, at=NOON)
    return draft


class TestApproval:
    @pytest.mark.parametrize("comment", ["a\0b", "x" * 20_001])
    def test_refuses_a_comment_that_cannot_be_kept(self, client, submitted, judge, comment):
        client.force_login(judge)

        answer = client.post(address("review_approve", submitted.pk), {"approve-comment": comment})

        submitted.refresh_from_db()
        assert answer.status_code == 422
        assert 'href="#id_approve-comment"' in answer.text
        assert submitted.state == ReviewState.SUBMITTED


class TestLinesOfAReviewThatWasHandedIn:
    def test_a_new_line_is_refused_and_kept_on_the_page(self, at_desk, handed_in):
        before = handed_in.findings.count()

        answer = at_desk.post(address("row_add", handed_in.pk, "findings"), FINDING)

        assert answer.status_code == 422
        assert FINDING["row-title"] in answer.text
        assert CLOSED in answer.text
        assert handed_in.findings.count() == before

    def test_a_changed_line_is_refused_and_kept_on_the_page(self, at_desk, handed_in):
        row = handed_in.findings.first()

        answer = at_desk.post(
            address("row_change", handed_in.pk, "findings", row.pk),
            FINDING | {"row-version": row.version},
        )

        assert answer.status_code == 422
        assert FINDING["row-title"] in answer.text
        assert CLOSED in answer.text

    def test_a_line_is_not_removed(self, at_desk, handed_in):
        row = handed_in.findings.first()

        answer = at_desk.post(address("row_remove", handed_in.pk, "findings", row.pk), follow=True)

        assert CLOSED in answer.text
        assert handed_in.findings.filter(pk=row.pk).exists()

    def test_a_stranger_to_the_team_is_told_nothing_new(self, client, handed_in, judge):
        client.force_login(judge)

        answer = client.post(address("row_add", handed_in.pk, "findings"), FINDING)

        assert answer.status_code == 403


class TestSectionWords:
    def test_refuses_words_without_end_and_keeps_them(self, at_desk, draft):
        words = "word " * 5000

        answer = at_desk.post(section(draft, "B"), {"version": 1, "text": words})

        assert answer.status_code == 422
        assert words.strip() in answer.text
