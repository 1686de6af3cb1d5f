"""The record of a district: what is seen there, year by year, and what came back."""

import re
from datetime import date

import pytest

from agencies.choices import TLP
from incidents.choices import CasualtyGroup
from incidents.details import When
from incidents.models import CasualtyCount
from incidents.selectors.record import district_record
from tests.factories import DistrictFactory, UserFactory
from tests.incidents.factories import IncidentFactory, public, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory.create()


@pytest.fixture
def district():
    return DistrictFactory.create(name="Mastung")


@pytest.fixture
def happened(by, district):
    """An incident in the district on a day of this year."""

    def happen(year, **said):
        when = said.pop("when", When(on_date=date(year, 7, 13)))
        return IncidentFactory.create(**{"by": by, "district": district, "when": when, **said})

    return happen


def page_of(client, user, area):
    client.force_login(user)
    return client.get(area.get_absolute_url())


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


class TestRecord:
    def test_counts_by_year_and_spreads_nothing(self, by, district, happened):
        happened(2018)
        happened(2023)
        happened(2023, when=When(on_date=date(2023, 9, 1), precision="MONTH"))
        in_two = When(on_date=date(2019, 12, 1), until_date=date(2020, 1, 31), precision="RANGE")
        happened(2019, when=in_two)
        happened(2023, when=When(precision="UNKNOWN"))
        IncidentFactory.create(by=by)

        record = district_record(by, district)

        assert record.total == 5
        assert record.years == {2018: 1, 2023: 2}
        assert record.undated == 2

    def test_adds_up_the_killed_as_ranges_and_never_attackers(self, by, district, happened):
        happened(2018, counts=report(killed={"low": 128, "high": 149}))
        both = happened(2023, counts=report(killed={"low": 52, "best": 60}))
        happened(2023)
        CasualtyCount.objects.create(
            incident=both,
            group=CasualtyGroup.ATTACKERS,
            state="killed",
            best=400,
            recorded_at=both.recorded_at,
            recorded_by=by,
        )

        record = district_record(by, district)

        killed = record.killed
        assert [(killed[year].least, killed[year].most) for year in (2018, 2023)] == [
            (128, 149),
            (52, 60),
        ]
        assert (record.all_killed.least, record.all_killed.most) == (180, 209)
        assert record.uncounted == 1

    def test_tells_what_came_back(self, by, district, happened):
        again = {"target_type": "15", "place_text": "Masjid Road", "occasion": "MILAD"}
        happened(2018, **again)
        happened(2023, **again | {"place_text": " masjid road "})
        happened(2023, target_type="3", place_text="Bypass", occasion="ASHURA")

        came_back = {each.kind: each for each in district_record(by, district).came_back}

        assert set(came_back) == {"target", "place", "occasion"}
        assert [each.times for each in came_back.values()] == [2, 2, 2]
        assert (came_back["target"].key, came_back["occasion"].key) == ("15", "MILAD")
        assert (came_back["place"].first, came_back["place"].last) == (2018, 2023)

    def test_never_says_that_the_unknown_came_back(self, by, district, happened):
        happened(2018)
        happened(2023)

        assert district_record(by, district).came_back == []

    @pytest.mark.parametrize("words", ["Mastung", "Mastung district ", "MASTUNG"])
    def test_takes_the_name_of_the_district_for_no_place_in_it(self, by, district, happened, words):
        happened(2018, place_text=words)
        happened(2023, place_text=words)

        assert district_record(by, district).came_back == []

    def test_is_of_what_is_seen(self, district, happened, outsider):
        happened(2018, tlp=TLP.AMBER, place_text="Masjid Road")
        happened(2019, tlp=TLP.AMBER, place_text="Masjid Road")
        happened(2023, **public())

        record = district_record(outsider, district)

        assert (record.total, record.years) == (1, {2023: 1})
        assert record.came_back == []


class TestPage:
    def test_shows_chart_table_and_what_came_back_with_ways_to_the_register(
        self, client, by, district, happened
    ):
        happened(2018, counts=report(killed=128), target_type="15", place_text="Masjid Road")
        happened(2023, counts=report(killed=60), target_type="15", place_text="Masjid Road")

        page = page_of(client, by, district)

        words = words_of(page)
        assert "2 incidents. 188 killed in the 2 whose dead were counted." in words
        assert 'aria-labelledby="record-t"' in page.text
        assert f"/incidents/?district={district.pk}&amp;year=2018" in page.text
        assert f"/incidents/?district={district.pk}&amp;target=15" in page.text
        assert f"/incidents/?district={district.pk}&amp;q=Masjid+Road" in page.text
        found = client.get("/incidents/", {"district": district.pk, "q": "Masjid Road"})
        assert found.context["shown"] == 2

    def test_shows_a_year_without_any_as_none(self, client, by, district, happened):
        happened(2021)
        happened(2023)

        page = page_of(client, by, district)

        years = re.findall(r'year=(\d+)">\d+</a></th><td class="n">(\d+)</td>', page.text)
        assert years == [("2023", "1"), ("2022", "0"), ("2021", "1")]

    def test_is_marked_as_high_as_anything_that_is_counted(self, client, by, district, happened):
        for day in range(1, 22):
            happened(2023, when=When(on_date=date(2023, 9, day)), **public())
        assert page_of(client, by, district).context["marking"].tlp == TLP.CLEAR

        happened(2001, tlp=TLP.AMBER_STRICT)

        assert page_of(client, by, district).context["marking"].tlp == TLP.AMBER_STRICT

    def test_says_nothing_to_an_outsider(self, client, district, happened, outsider):
        happened(2023, tlp=TLP.AMBER, place_text="Masjid Road")

        page = page_of(client, outsider, district)

        assert "Masjid Road" not in page.text
        assert "Its record" not in page.text

    def test_takes_the_same_queries_however_many_there_are(
        self, client, by, district, happened, django_assert_max_num_queries
    ):
        happened(2018)
        client.force_login(by)
        with django_assert_max_num_queries(40) as few:
            client.get(district.get_absolute_url())
        for year in range(2019, 2024):
            happened(year)
        with django_assert_max_num_queries(40) as many:
            client.get(district.get_absolute_url())

        assert len(many) == len(few)
