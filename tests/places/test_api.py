import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.choices import Level
from places.models import AreaAlias
from tests.factories import DistrictFactory, ProvinceFactory, TehsilFactory, UserFactory

pytestmark = pytest.mark.django_db
API = "/api/areas/"


@pytest.fixture
def reader(client):
    client.force_login(UserFactory.create())
    return client


def ids(answer):
    return [each["id"] for each in answer.json()["results"]]


class TestAreaApi:
    def test_gives_an_area_with_its_keys_and_spellings(self, reader):
        district = DistrictFactory.create(name="Mastung", shape={"type": "Polygon"})
        AreaAlias.objects.create(area=district, alias="Mastoong", seen_in="gazette")

        said = reader.get(f"{API}{district.pk}/").json()

        assert (said["scheme"], said["version"], said["code"]) == ("TEST", "1", district.code)
        assert said["province"]["id"] == said["parent"]["id"] == district.province_id
        assert said["aliases"] == [
            {"alias": "Mastoong", "seen_in": "gazette", "is_ambiguous": False}
        ]
        assert said["shape"] == {"type": "Polygon"}

    def test_lists_without_shapes(self, reader):
        DistrictFactory.create(shape={"type": "Polygon"})

        assert all("shape" not in each for each in reader.get(API).json()["results"])

    def test_narrows_by_level_parent_province_and_name(self, reader):
        tehsil = TehsilFactory.create(name="Dasht")
        district = tehsil.parent
        DistrictFactory.create()
        AreaAlias.objects.create(area=tehsil, alias="Desht")

        assert ids(reader.get(API, {"level": "TEHSIL"})) == [tehsil.pk]
        assert ids(reader.get(API, {"parent": district.pk})) == [tehsil.pk]
        assert ids(reader.get(API, {"province": district.province_id})) == [tehsil.pk, district.pk]
        assert ids(reader.get(API, {"q": "desh"})) == [tehsil.pk]
        assert ids(reader.get(API, {"level": "DISTRICT", "q": "desh"})) == []
        assert len(ids(reader.get(API, {"q": ""}))) == 5

    def test_pages_by_key(self, reader):
        ProvinceFactory.create_batch(51)

        first = reader.get(API).json()
        second = reader.get(API, {"cursor": first["older"]}).json()

        assert (len(first["results"]), len(second["results"])) == (50, 1)
        assert second["older"] or second["newer"]
        assert {each["level"] for each in second["results"]} == {Level.PROVINCE}

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"level": "COUNTRY"}, "level"),
            ({"parent": "x"}, "parent"),
            ({"province": "1e9999"}, "province"),
            ({"q": "a\x00"}, "q"),
            ({"q": "x" * 101}, "q"),
        ],
    )
    def test_says_which_filter_it_does_not_understand(self, reader, query, field):
        answer = reader.get(API, query)

        assert answer.status_code == 400
        assert list(answer.json()) == [field]

    @pytest.mark.parametrize("path", [f"{API}{10**30}/", f"{API}?cursor=no", f"{API}987654321/"])
    def test_answers_404_for_what_is_not_there(self, reader, path):
        assert reader.get(path).status_code == 404

    def test_finds_nothing_under_a_number_that_is_too_large(self, reader):
        ProvinceFactory.create()

        assert ids(reader.get(API, {"parent": 10**30})) == []

    def test_needs_a_person_and_takes_nothing(self, client):
        assert client.get(API).status_code in {401, 403}
        client.force_login(UserFactory.create())
        assert client.post(API, {}).status_code == 405

    def test_takes_a_fixed_number_of_queries(self, reader):
        DistrictFactory.create()
        with CaptureQueriesContext(connection) as few:
            reader.get(API)
        for district in DistrictFactory.create_batch(5):
            AreaAlias.objects.create(area=district, alias="Other")
        with CaptureQueriesContext(connection) as many:
            reader.get(API)

        assert len(many) == len(few)
