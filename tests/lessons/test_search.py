import pytest

from agencies.choices import TLP
from lessons.selectors.search import search
from tests.lessons.factories import IncidentFactory, drawn, endorsed


@pytest.fixture
def lesson(finding, writer, commander):
    return endorsed(
        finding,
        by=writer,
        commander=commander,
        title="One casualty register for every hospital",
        observation="The same patients were entered twice.",
        recommendation="Name one post that keeps it.",
    )


def names(hits):
    return [hit.record.title for hit in hits]


class TestSearch:
    @pytest.mark.parametrize(
        "words", ["registers", "hospital patient", '"same patients"', "L-0001"]
    )
    def test_finds_lessons_by_their_words(self, lesson, outsider, words):
        assert names(search(outsider, words).lessons) == [lesson.title]

    def test_says_which_words_stand_in_it(self, lesson, outsider):
        assert search(outsider, "hospital patients").lessons[0].matched == ["hospital", "patients"]

    def test_finds_incidents_by_title_and_reference(self, outsider):
        incident = IncidentFactory.create(title="Explosion at the weekly market")

        assert names(search(outsider, "market explosion").incidents) == [incident.title]
        assert names(search(outsider, incident.reference).incidents) == [incident.title]

    def test_finds_nothing_that_the_reader_may_not_see(self, finding, writer, outsider):
        drawn(finding, by=writer, title="Secretive word")
        IncidentFactory.create(title="Secretive place", tlp=TLP.AMBER_STRICT)

        found = search(outsider, "secretive")

        assert found.hits == 0
        assert not found.nearest

    def test_offers_the_nearest_that_exists(self, lesson, outsider):
        assert names(search(outsider, "hospitalz").nearest) == [lesson.title]

    @pytest.mark.parametrize("words", ["' OR 1=1 --", "zzq & | !", "(((", "%_%", "\\", "—"])
    def test_takes_any_characters(self, lesson, outsider, words):
        assert search(outsider, words).hits == 0


class TestSearchPage:
    def test_shows_hits(self, client, lesson, outsider):
        client.force_login(outsider)

        page = client.get("/lessons/search/", {"q": "patients"})

        assert lesson.title in page.text
        assert "Words that stand in it: patients." in page.text

    def test_says_what_was_looked_for_and_the_nearest(self, client, lesson, outsider):
        client.force_login(outsider)

        page = client.get("/lessons/search/", {"q": "<b>registry</b>"})

        assert "Nothing matches &lt;b&gt;registry&lt;/b&gt;." in page.text
        assert lesson.title in page.text

    def test_asks_for_words(self, client, outsider):
        client.force_login(outsider)

        assert client.get("/lessons/search/").status_code == 200
