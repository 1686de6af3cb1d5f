"""What incidents add to the page of an area."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import TLP
from incidents.details import When
from places.choices import Level
from tests.factories import DistrictFactory, TehsilFactory, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, public

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    division = DistrictFactory.create(level=Level.DIVISION)
    return DistrictFactory.create(parent=division, province=division.province)


def page_of(client, user, area):
    client.force_login(user)
    return client.get(area.get_absolute_url())


class TestPanel:
    def test_shows_an_incident_on_every_area_that_its_place_lies_in(self, client, district):
        tehsil = TehsilFactory.create(parent=district)
        incident = IncidentFactory.create(district=district, tehsil=tehsil)
        elsewhere = DistrictFactory.create()

        for area in (tehsil, district, district.parent, district.province):
            page = page_of(client, incident.recorded_by, area)
            assert incident.get_absolute_url() in page.text, area
        assert incident.title not in page_of(client, incident.recorded_by, elsewhere).text

    def test_shows_an_outsider_nothing_and_counts_nothing(self, client, district, outsider):
        incident = IncidentFactory.create(district=district, tlp=TLP.AMBER)

        page = page_of(client, outsider, district)

        assert incident.title not in page.text
        assert "No incident recorded here is open to you." in page.text
        assert page.context["marking"] is None

    def test_shows_the_newest_first(self, client, district):
        by = UserFactory.create()
        older, newer = (
            IncidentFactory.create(
                by=by, district=district, title=title, when=When(on_date=DAY + timedelta(days=days))
            )
            for title, days in (("The older one", 0), ("The newer one", 3))
        )

        text = page_of(client, by, district).text

        assert text.index(newer.title) < text.index(older.title)

    def test_ends_after_twenty_and_says_so_where_the_register_cannot_go_on(self, client, district):
        by = UserFactory.create()
        for number in range(21):
            IncidentFactory.create(by=by, district=district, title=f"Explosion number {number}")

        on_division = page_of(client, by, district.parent).text
        on_district = page_of(client, by, district).text

        assert on_division.count("Explosion number") == 20
        assert "Only the newest 20 are shown." in on_division
        assert f"/incidents/?district={district.pk}" in on_district

    def test_gives_the_page_the_highest_marking_of_what_it_shows(self, client, district):
        by = UserFactory.create()
        IncidentFactory.create(by=by, district=district, **public())
        assert page_of(client, by, district).context["marking"].tlp == TLP.CLEAR

        IncidentFactory.create(by=by, district=district, tlp=TLP.AMBER_STRICT)

        marking = page_of(client, by, district).context["marking"]
        assert (marking.tlp, marking.classification) == (TLP.AMBER_STRICT, "RESTRICTED")

    def test_says_a_day_no_more_certain_than_it_is_known(self, client, district):
        by = UserFactory.create()
        week = When(on_date=DAY, until_date=date(2023, 10, 3), precision="RANGE")
        IncidentFactory.create(by=by, district=district, when=week)
        IncidentFactory.create(by=by, district=district, when=When(on_date=DAY, precision="MONTH"))

        text = page_of(client, by, district).text

        assert "29 Sep 2023 – 3 Oct 2023" in text
        assert re.search(r">\s*Sep 2023\s*<", text)

    def test_takes_a_fixed_number_of_queries(self, client, district):
        by = UserFactory.create()
        IncidentFactory.create(by=by, district=district)
        client.force_login(by)
        with CaptureQueriesContext(connection) as few:
            client.get(district.province.get_absolute_url())
        for _ in range(5):
            other = DistrictFactory.create(province=district.province)
            IncidentFactory.create(by=by, district=other)
        with CaptureQueriesContext(connection) as many:
            client.get(district.province.get_absolute_url())

        assert len(many) == len(few)
