"""Where and when: only what is seen, no closer than it is known, the same in the table."""

import re
from datetime import date, time

import pytest

from agencies.choices import TLP
from incidents.choices import PlacePrecision, Precision
from incidents.models import Incident
from incidents.selectors import Filters
from incidents.selectors.summaries import summary
from places.actions import load_areas
from places.models import Area
from tests.bulletins.factories import IncidentFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/incidents/where-and-when/"


@pytest.fixture
def by():
    return UserFactory.create()


def on(day, **said):
    return {"on_date": day, "sort_date": day, **said}


class TestCounts:
    def test_are_of_what_is_seen(self, by, outsider):
        own = IncidentFactory.create(agency=by.agency)
        IncidentFactory.create(tlp=TLP.GREEN)
        IncidentFactory.create()

        assert summary(by, Filters()).total == 2
        assert summary(by, Filters()).districts[own.district_id] == 1
        assert summary(outsider, Filters()).total == 1

    def test_put_nothing_closer_than_it_is_known(self, by):
        whole_year = on(date(2009, 1, 1), until_date=date(2009, 12, 31), precision=Precision.RANGE)
        IncidentFactory.create(agency=by.agency, district=None, **whole_year)

        found = summary(by, Filters())

        assert (found.total, found.districts, found.wider) == (1, {}, 1)
        assert found.years == {2009: 1}
        assert (found.months, found.weekdays, found.hours) == ({}, {}, {})

    def test_leave_out_of_the_years_what_lies_in_two(self, by):
        across = on(date(2009, 12, 1), until_date=date(2010, 1, 31), precision=Precision.RANGE)
        IncidentFactory.create(agency=by.agency, **across)

        found = summary(by, Filters())

        assert (found.years, found.undated) == ({}, 1)

    def test_of_a_month_are_on_no_weekday(self, by):
        month = on(date(2009, 5, 1), precision=Precision.MONTH)
        IncidentFactory.create(agency=by.agency, **month)

        found = summary(by, Filters())

        assert (found.months, found.weekdays) == ({5: 1}, {})

    def test_of_hours_need_a_clock_time(self, by):
        timed = on(date(2023, 9, 29), at_time=time(13, 40), precision=Precision.MINUTE)
        IncidentFactory.create(agency=by.agency, **timed)
        IncidentFactory.create(agency=by.agency)

        found = summary(by, Filters())

        assert (found.hours, found.untimed) == ({13: 1}, 1)

    def test_are_narrowed_as_the_register_is(self, by):
        IncidentFactory.create(agency=by.agency, title="Bomb")
        IncidentFactory.create(agency=by.agency, title="Firing")

        assert summary(by, Filters(words="bomb")).total == 1

    def test_by_hijri_month_are_by_calculation(self, by):
        IncidentFactory.create(agency=by.agency, **on(date(2023, 9, 29)))

        assert summary(by, Filters()).hijri_months == {3: 1}

    def test_by_occasion_are_of_what_is_known_of_it(self, by):
        for occasion in ("ashura", "ashura", "friday", ""):
            IncidentFactory.create(agency=by.agency, occasion=occasion)

        assert summary(by, Filters()).occasions == {"ashura": 2, "friday": 1}
        assert summary(by, Filters(occasion="friday")).occasions == {"friday": 1}


class TestPoints:
    @pytest.fixture
    def placed(self, by):
        """An incident that is known to a point, as exactly as said."""
        load_areas()

        def place(precision, agency=by.agency, **said):
            where = {"latitude": 29.8, "longitude": 66.8, **said}
            made = IncidentFactory.create(agency=agency, title=f"Known {precision}", **where)
            Incident.objects.filter(pk=made.pk).update(place_precision=precision)
            return made

        return place

    def test_are_those_that_are_known_as_points(self, by, placed):
        exact = placed(PlacePrecision.EXACT)
        placed(PlacePrecision.DISTRICT)

        assert [(each.pk, each.east, each.north) for each in summary(by, Filters()).points] == [
            (exact.pk, 66.8, 29.8)
        ]

    def test_are_drawn_as_exactly_as_they_are_known(self, client, by, placed):
        exact, near = placed(PlacePrecision.EXACT), placed(PlacePrecision.NEAR)
        client.force_login(by)

        page = client.get(PAGE).text

        dot = rf'<a href="/incidents/{exact.pk}/"><circle class="dot sure"[^>]* r="3.0">'
        assert re.search(dot + "<title>Known EXACT: the place itself</title>", page)
        ring = rf'<a href="/incidents/{near.pk}/"><circle class="dot"[^>]* r="(\d+\.\d)">'
        drawn = re.search(ring + "<title>Known NEAR: within about 25 km</title>", page)
        assert drawn
        assert float(drawn[1]) > 3
        # The wider one lies under the closer one.
        assert drawn.start() < re.search(dot, page).start()

    def test_are_counted_in_a_table_with_what_is_not_drawn(self, client, by, placed):
        placed(PlacePrecision.EXACT)
        placed(PlacePrecision.DISTRICT)
        placed(PlacePrecision.EXACT, latitude=None, longitude=None)
        client.force_login(by)

        page = client.get(PAGE).text

        assert "a ring, as wide as it is drawn" in page
        assert re.search(r'the place itself</th><td class="n">1<', page)
        assert re.search(r'or no point recorded</th><td class="n">2<', page)
        assert not re.search(r"within about 25 km</th>", page)

    def test_are_not_drawn_where_they_would_be_a_blot(self, client, by, placed, monkeypatch):
        monkeypatch.setattr("incidents.selectors.summaries.MOST_POINTS", 1)
        placed(PlacePrecision.EXACT)
        placed(PlacePrecision.NEAR)
        client.force_login(by)

        page = client.get(PAGE).text

        assert "Too many places are known to a point" in page
        assert 'class="dot' not in page

    def test_of_what_is_not_seen_are_not_drawn(self, client, placed, outsider):
        made = placed(PlacePrecision.EXACT)
        client.force_login(outsider)

        page = client.get(PAGE).text

        assert f"/incidents/{made.pk}/" not in page
        assert "Known EXACT" not in page


class TestPage:
    @pytest.fixture
    def mastung(self, by):
        load_areas()
        mastung = Area.objects.districts().get(name="Mastung")
        for day in (1, 2, 3):
            IncidentFactory.create(agency=by.agency, district=mastung, **on(date(2023, 9, day)))
        IncidentFactory.create(district=mastung, **on(date(2023, 9, 4)))  # somebody else's
        return mastung

    def test_shades_each_district_and_leads_to_its_incidents(self, client, by, mastung):
        client.force_login(by)

        page = client.get(PAGE, {"year": "2023"}).text

        assert "<title>Mastung: 3</title>" in page
        link = f'<a href="/incidents/?year=2023&amp;district={mastung.pk}">'
        assert link in page
        assert len(re.findall(r'class="k\d" fill', page)) > 150

    def test_says_the_same_in_tables(self, client, by, mastung):
        client.force_login(by)

        page = client.get(PAGE).text

        row = rf'district={mastung.pk}">Mastung</a></th><td class="n">3</td>'
        assert re.search(row, page)
        assert re.search(r'<th scope="row">Sep</th><td class="n">3</td>', page)

    def test_of_one_district_leads_to_its_page(self, client, by, mastung):
        client.force_login(by)

        assert "The page of" not in client.get(PAGE).text
        page = client.get(PAGE, {"district": mastung.pk}).text

        assert f'<a href="{mastung.get_absolute_url()}">The page of Mastung' in page

    def test_counts_by_occasion_and_leads_to_each(self, client, by, mastung):
        IncidentFactory.create(agency=by.agency, district=mastung, occasion="ashura")
        client.force_login(by)

        page = client.get(PAGE).text

        assert "/incidents/?occasion=ashura" in page
        assert "Left out: 3 on no occasion that is known." in page

    def test_of_nothing_says_what_to_do(self, client, by):
        client.force_login(by)

        page = client.get(PAGE, {"q": "nothing"}).text

        assert "No incident matches" in page
        assert '<svg class="chart' not in page

    def test_is_in_urdu(self, client, by, mastung):
        client.force_login(by)
        client.cookies["language"] = "ur"

        page = client.get(PAGE).text

        assert f"<title>{mastung.name_ur}: 3</title>" in page
        assert "ربیع الاول" in page
