import pytest
from django.urls import reverse

from agencies.choices import TLP
from audit.models import Event
from core.panels import render_panels
from lessons import actions
from lessons.choices import LessonState
from lessons.models import Lesson
from tests.factories import NOON, UserFactory
from tests.lessons.factories import (
    CategoryFactory,
    FindingFactory,
    drawn,
    endorsed,
    identified,
    text,
)

DRAW = "/lessons/draw/"


def typed(**changes):
    """A form as the browser sends it."""
    said = {
        "title": "Screen the crowd early",
        "observation": "Seen.",
        "recommendation": "Do.",
        "kind": "LESSON",
        "tlp": "GREEN",
        "classification": "UNMARKED",
    }
    return said | changes


@pytest.fixture
def writing(client, writer):
    client.force_login(writer)
    return client


@pytest.fixture
def commanding(client, commander):
    client.force_login(commander)
    return client


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


class TestTwoEditors:
    @pytest.fixture
    def lesson(self, finding, writer, commander):
        lesson = drawn(finding, by=writer)
        actions.change_lesson(
            lesson_id=lesson.pk,
            text=text(title="Theirs", kind="NOTABLE_PRACTICE"),
            lock_version=1,
            by=commander,
            at=NOON,
        )
        return lesson

    def stale(self, client, lesson):
        path = reverse("lessons:lesson_change", args=[lesson.pk])
        return client.post(path, typed(title="Mine", lock_version=1))

    def test_see_both_versions(self, writing, lesson):
        page = self.stale(writing, lesson)

        assert page.status_code == 409
        assert "Mine" in page.text
        assert "Theirs" in page.text
        assert "Notable practice" in page.text

    def test_choose_line_by_line(self, writing, lesson):
        page = self.stale(writing, lesson)
        choice = {f"keep_{row['name']}": "theirs" for row in page.context["rows"]}
        choice |= {f"yours_{row['name']}": row["yours"] for row in page.context["rows"]}
        choice |= {"keep_title": "yours", "lock_version": "2"}

        answer = writing.post(reverse("lessons:lesson_merge", args=[lesson.pk]), choice)

        assert answer.status_code == 302
        lesson.refresh_from_db()
        assert (lesson.title, lesson.kind) == ("Mine", "NOTABLE_PRACTICE")
        assert lesson.observation == text().observation

    def test_are_shown_again_when_a_third_one_saved(self, writing, lesson):
        answer = writing.post(
            reverse("lessons:lesson_merge", args=[lesson.pk]),
            {"keep_title": "yours", "yours_title": "Mine", "lock_version": 1},
        )

        assert answer.status_code == 409
        assert Event.objects.filter(verb="lesson.changed").count() == 1


class TestChangePage:
    def test_shows_the_lesson_as_it_stands(self, writing, finding, writer):
        lesson = drawn(finding, by=writer, discussion="A reason that stays.")

        page = writing.get(reverse("lessons:lesson_change", args=[lesson.pk]))

        assert "A reason that stays." in page.text

    def test_saves(self, writing, finding, writer):
        lesson = drawn(finding, by=writer)
        path = reverse("lessons:lesson_change", args=[lesson.pk])

        writing.post(path, typed(title="Said better", lock_version=1))

        lesson.refresh_from_db()
        assert lesson.title == "Said better"

    def test_keeps_what_was_typed_when_a_commander_has_decided(
        self, writing, finding, writer, commander
    ):
        lesson = drawn(finding, by=writer)
        actions.reject_lesson(lesson_id=lesson.pk, reason="Known.", by=commander, at=NOON)
        path = reverse("lessons:lesson_change", args=[lesson.pk])

        page = writing.post(path, typed(observation="Words not to lose.", lock_version=1))

        assert page.status_code == 409
        assert "Words not to lose." in page.text
        assert "A commander has decided on this lesson" in page.text

    def test_is_closed_to_those_who_only_watch(self, client, finding, writer, auditor):
        lesson = drawn(finding, by=writer)
        client.force_login(auditor)

        assert client.get(reverse("lessons:lesson_change", args=[lesson.pk])).status_code == 403


class TestLessonList:
    def test_shows_own_drafts_and_what_others_endorsed(
        self, client, finding, writer, commander, outsider
    ):
        drawn(finding, by=writer, origin="a", title="Only for us")
        endorsed(finding, by=writer, commander=commander, origin="b", title="For all")
        client.force_login(outsider)

        page = client.get("/lessons/")

        assert [lesson.title for lesson in page.context["page"].rows] == ["For all"]

    def test_filters(self, writing, finding, writer):
        stage = CategoryFactory.create()
        part = CategoryFactory.create(parent=stage)
        drawn(finding, by=writer, origin="a", category_id=part.pk)
        drawn(finding, by=writer, origin="b", kind="NOTABLE_PRACTICE", observation="A drill.")

        found = {
            query: len(writing.get(f"/lessons/?{query}").context["page"].rows)
            for query in (
                f"category={stage.pk}",
                "kind=NOTABLE_PRACTICE",
                "q=drills",
                "q=L-0001",
                "state=ENDORSED",
                "state=nonsense",
            )
        }

        assert list(found.values()) == [1, 1, 1, 1, 0, 2]

    def test_pages_by_key(self, writing, finding, writer):
        for number in range(51):
            drawn(finding, by=writer, origin=f"test:{number}")

        first = writing.get("/lessons/")
        second = writing.get(f"/lessons/{first.context['older']}")

        assert len(first.context["page"].rows) == 50
        assert [lesson.reference for lesson in second.context["page"].rows] == ["L-0001"]
        assert writing.get("/lessons/?cursor=nonsense").status_code == 404

    def test_asks_the_same_number_of_queries_for_many(
        self, writing, finding, writer, django_assert_max_num_queries
    ):
        for number in range(30):
            drawn(finding, by=writer, origin=f"test:{number}")

        with django_assert_max_num_queries(6):
            writing.get("/lessons/")


class TestPanels:
    def panels(self, rf, user, record, place):
        request = rf.get("/")
        request.user = user
        return "".join(render_panels(request, record, place))

    def test_a_review_offers_to_draw_a_lesson(self, rf, finding, writer):
        shown = self.panels(rf, writer, finding.review, "aside")

        assert f"/lessons/draw/?review={finding.review_id}" in shown

    def test_an_incident_shows_what_was_drawn_from_it(self, rf, finding, writer, outsider):
        lesson = drawn(finding, by=writer)

        assert lesson.reference in self.panels(rf, writer, finding.review.incident, "aside")
        assert lesson.reference not in self.panels(rf, outsider, finding.review.incident, "aside")


class TestApi:
    def test_shows_what_the_page_shows(self, client, finding, writer, commander, outsider):
        drawn(finding, by=writer, origin="a")
        lesson = endorsed(finding, by=writer, commander=commander, origin="b")
        client.force_login(outsider)

        answer = client.get("/api/lessons/").json()

        assert [row["reference"] for row in answer["results"]] == [lesson.reference]
        assert answer["results"][0]["findings"][0]["review"] == finding.review.reference

    def test_asks_for_a_sign_in(self, client, db):
        assert client.get("/api/lessons/").status_code == 403

    def test_an_unseen_lesson_is_not_there(self, client, finding, writer, outsider):
        lesson = drawn(finding, by=writer)
        client.force_login(outsider)

        assert client.get(f"/api/lessons/{lesson.pk}/").status_code == 404

    def test_asks_the_same_number_of_queries_for_many(
        self, writing, finding, writer, django_assert_max_num_queries
    ):
        for number in range(20):
            drawn(finding, by=writer, origin=f"test:{number}")

        with django_assert_max_num_queries(9):
            writing.get("/api/lessons/")


def test_a_system_admin_reads_no_lesson_by_that_role(client, finding, writer):
    lesson = drawn(finding, by=writer)
    client.force_login(UserFactory.create(system_admin=True, agency=writer.agency))

    assert client.get(lesson.get_absolute_url()).status_code == 404
