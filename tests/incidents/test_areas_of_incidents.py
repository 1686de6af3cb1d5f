"""Where an incident was, as far as that is known: a district, a division, a province, no more."""

import pytest

from incidents.models import Incident
from places.choices import Level
from places.models import Area
from tests.bulletins.factories import IncidentFactory
from tests.factories import DistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return DistrictFactory.create()


@pytest.fixture
def division(district):
    return Area.objects.create(
        scheme="PK-DIVISIONS",
        version="2026",
        code="PK-TEST",
        level=Level.DIVISION,
        name="Test Division",
        parent=district.province,
        province=district.province,
        source="a test",
    )


def places(incident):
    incident.refresh_from_db()
    return incident.area, incident.district, incident.province


class TestPlaceFollows:
    def test_the_district_that_is_named(self, district):
        incident = IncidentFactory.create(district=district)

        assert places(incident) == (district, district, district.province)

    def test_the_division_where_the_district_is_not_known(self, division):
        incident = IncidentFactory.create(district=None, area=division)

        assert places(incident) == (division, None, division.province)
        assert incident.area_label == "Test Division"

    def test_the_province_alone(self, district):
        incident = IncidentFactory.create(district=None, area=district.province)

        assert places(incident) == (district.province, None, district.province)

    def test_nothing_where_no_more_than_the_country_is_known(self):
        incident = IncidentFactory.create(district=None)

        assert places(incident) == (None, None, None)
        assert (incident.area_label, incident.area_code) == ("Pakistan", "PK")

    def test_a_correction_either_way(self, district, division):
        incident = IncidentFactory.create(district=None, area=division)

        Incident.objects.filter(pk=incident.pk).update(district=district)
        assert places(incident) == (district, district, district.province)

        Incident.objects.filter(pk=incident.pk).update(area=division)
        assert places(incident) == (division, None, division.province)


class TestADistrictRecordedInError:
    def test_is_taken_away_and_the_province_stays(self, client, district):
        incident = IncidentFactory.create(district=district)
        client.force_login(incident.recorded_by)
        path = f"{incident.get_absolute_url()}change/"
        form = client.get(path).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        typed |= {"district": "", "tehsil": ""}

        answer = client.post(path, {k: v for k, v in typed.items() if v not in (None, False)})

        assert answer.status_code == 302
        assert places(incident) == (district.province, None, district.province)


class TestPages:
    @pytest.fixture(params=["division", "province", "country"])
    def incident(self, request, division):
        area = {"division": division, "province": division.province, "country": None}
        return IncidentFactory.create(district=None, area=area[request.param])

    def test_say_as_much_as_is_known_and_no_district(self, client, incident):
        client.force_login(incident.recorded_by)

        page = client.get(incident.get_absolute_url()).text
        register = client.get("/incidents/").text

        assert ("district not known" in page) == bool(incident.area)
        assert ("province not known" in page) == (incident.area is None)
        assert incident.area_label in register

    def test_are_corrected_without_narrowing_or_widening_the_place(self, client, incident):
        client.force_login(incident.recorded_by)
        path = f"/incidents/{incident.pk}/change/"
        form = client.get(path).context["form"]

        typed = {name: form[name].value() for name in form.fields} | {"title": "Told better"}
        typed = {name: "" if value is None else value for name, value in typed.items()}
        answer = client.post(path, {k: v for k, v in typed.items() if v is not False})

        assert answer.status_code == 302
        told = Incident.objects.get(pk=incident.pk)
        assert told.title == "Told better"
        assert (told.area, told.district) == (incident.area, None)
