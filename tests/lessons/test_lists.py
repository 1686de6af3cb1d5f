"""Where many lessons stand: the list, the panels of other rooms, the API."""

from core.panels import render_panels
from tests.counting import LOCK
from tests.factories import UserFactory
from tests.lessons.factories import (
    CategoryFactory,
    drawn,
    endorsed,
)


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

        with django_assert_max_num_queries(6 + LOCK):
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

        with django_assert_max_num_queries(9 + LOCK):
            writing.get("/api/lessons/")


def test_a_system_admin_reads_no_lesson_by_that_role(client, finding, writer):
    lesson = drawn(finding, by=writer)
    client.force_login(UserFactory.create(system_admin=True, agency=writer.agency))

    assert client.get(lesson.get_absolute_url()).status_code == 404
