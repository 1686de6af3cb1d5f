"""A lesson as it is read, and decided on, over HTTP."""

import pytest
from django.urls import reverse

from agencies.choices import TLP
from lessons.choices import LessonState
from tests.lessons.factories import (
    FindingFactory,
    drawn,
    endorsed,
    identified,
)


class TestLessonPage:
    def test_is_not_there_for_an_outsider_before_endorsement(
        self, client, finding, writer, outsider
    ):
        lesson = drawn(finding, by=writer)
        client.force_login(outsider)

        for name in ("detail", "change", "reject"):
            assert (
                client.get(reverse(f"lessons:lesson_{name}", args=[lesson.pk])).status_code == 404
            )
        for name in ("identify", "endorse", "merge"):
            path = reverse(f"lessons:lesson_{name}", args=[lesson.pk])
            assert client.post(path).status_code == 404

    def test_names_no_review_that_the_reader_may_not_see(self, client, outsider, commander):
        hidden = FindingFactory.create(
            review__tlp=TLP.AMBER_STRICT,
            review__agency=commander.agency,
            review__incident__agency=commander.agency,
        )
        lesson = endorsed(hidden, by=hidden.review.lead, commander=commander, stands_alone=True)
        client.force_login(outsider)

        page = client.get(lesson.get_absolute_url())

        assert page.status_code == 200
        assert hidden.review.reference not in page.text
        assert hidden.title not in page.text

    def test_says_that_it_is_marked_lower(self, commanding, writer):
        guarded = FindingFactory.create(
            review__tlp=TLP.AMBER,
            review__agency=writer.agency,
            review__incident__agency=writer.agency,
        )
        lesson = identified(guarded, by=writer, stands_alone=True)

        page = commanding.get(lesson.get_absolute_url())

        assert "Marked lower than its source." in page.text
        assert guarded.review.reference in page.text

    def test_prints_markup_as_text(self, writing, finding, writer):
        lesson = drawn(finding, by=writer, title="<script>alert(1)</script>{{ 7|add:7 }}")

        page = writing.get(lesson.get_absolute_url())

        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page.text

    @pytest.mark.parametrize(
        ("who", "buttons"),
        [
            ("writer", {"change", "identify"}),
            ("commander", {"change", "identify", "reject"}),
            ("auditor", set()),
        ],
    )
    def test_offers_what_each_may_do(self, client, finding, writer, request, who, buttons):
        lesson = drawn(finding, by=writer)
        client.force_login(request.getfixturevalue(who))

        page = client.get(lesson.get_absolute_url())

        assert {name for name, may in page.context["file"].may.items() if may} == buttons


class TestDecisions:
    def test_go_from_hand_to_hand(self, client, finding, writer, commander):
        lesson = drawn(finding, by=writer)
        client.force_login(writer)
        client.post(reverse("lessons:lesson_identify", args=[lesson.pk]))
        client.force_login(commander)

        path = reverse("lessons:lesson_endorse", args=[lesson.pk])
        client.post(path, {"lock_version": 2})

        lesson.refresh_from_db()
        assert lesson.state == LessonState.ENDORSED

    def test_a_stale_endorsement_says_so(self, commanding, finding, writer):
        lesson = identified(finding, by=writer)

        path = reverse("lessons:lesson_endorse", args=[lesson.pk])
        page = commanding.post(path, {"lock_version": 1}, follow=True)

        assert "The text changed after you read it." in page.text

    def test_rejecting_asks_for_the_reason(self, commanding, finding, writer):
        lesson = identified(finding, by=writer)
        path = reverse("lessons:lesson_reject", args=[lesson.pk])

        refused = commanding.post(path, {"reason": ""})
        commanding.post(path, {"reason": "Known already."})

        assert refused.status_code == 422
        lesson.refresh_from_db()
        assert lesson.reason == "Known already."
