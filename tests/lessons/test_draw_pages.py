"""Drawing a lesson from findings, over HTTP."""

import pytest

from agencies.choices import TLP
from lessons.models import Lesson
from tests.lessons.factories import (
    FindingFactory,
    typed,
)

DRAW = "/lessons/draw/"


class TestDrawPage:
    TOKEN = "7d0f8c52-3a85-4e0c-9d3c-5a2a1c6c5f10"

    def test_offers_the_findings_of_the_review(self, writing, finding):
        FindingFactory.create(title="Of another review")

        page = writing.get(DRAW, {"review": finding.review_id})

        assert finding.title in page.text
        assert "Of another review" not in page.text

    def test_asks_again_when_nothing_is_chosen(self, writing, finding):
        page = writing.get(DRAW, {"go": "1"})

        assert page.status_code == 422
        assert "Choose at least one finding." in page.text

    def test_begins_with_the_words_of_the_finding(self, writing, finding):
        page = writing.get(DRAW, {"finding": finding.pk})

        assert page.context["form"].initial["title"] == finding.title
        assert finding.happened in page.text

    @pytest.mark.parametrize("finding_id", ["0", "x", "9" * 30])
    def test_knows_no_other_finding(self, writing, finding, finding_id):
        assert writing.get(DRAW, {"finding": finding_id}).status_code == 404

    def test_draws_once_from_two_clicks(self, writing, finding):
        data = typed(finding=finding.pk, token=self.TOKEN)

        first, second = writing.post(DRAW, data), writing.post(DRAW, data)

        lesson = Lesson.objects.get()
        assert first.url == second.url == lesson.get_absolute_url()

    def test_keeps_what_was_typed_and_says_what_is_wrong(self, writing, finding):
        data = typed(finding=finding.pk, token=self.TOKEN, title="", observation="Kept words.")

        page = writing.post(DRAW, data)

        assert page.status_code == 422
        assert 'href="#id_title"' in page.text
        assert "Kept words." in page.text
        assert not Lesson.objects.exists()

    def test_says_beside_the_marking_what_raised_it(self, client, db):
        guarded = FindingFactory.create(review__tlp=TLP.AMBER)
        client.force_login(guarded.review.lead)

        page = client.post(DRAW, typed(finding=guarded.pk, token=self.TOKEN))

        assert page.status_code == 422
        assert guarded.review.reference in str(page.context["form"].errors["tlp"])

    def test_is_closed_to_those_who_only_watch(self, client, auditor):
        client.force_login(auditor)

        assert client.get(DRAW).status_code == 403
