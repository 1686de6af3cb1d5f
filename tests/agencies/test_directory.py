import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import Role, Tier
from tests.factories import (
    AgencyFactory,
    DistrictFactory,
    ProvinceFactory,
    SharingGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/agencies/"
API = "/api/agencies/"


@pytest.fixture
def agency():
    return AgencyFactory.create(
        code="BL-POLICE",
        name="Balochistan Police",
        name_ur="بلوچستان پولیس",
        province=ProvinceFactory.create(name="Balochistan"),
    )


@pytest.fixture
def reader(client):
    home = AgencyFactory.create(name="Home agency", tier=Tier.FEDERAL)
    client.force_login(UserFactory.create(agency=home))
    return client


def ids(answer):
    return [each["id"] for each in answer.json()["results"]]


class TestList:
    def test_sets_agencies_by_tier_and_province(self, reader, agency):
        sindh = AgencyFactory.create(province=ProvinceFactory.create(name="Sindh"))
        second = AgencyFactory.create(name="Balochistan Zeta", province=agency.province)
        of_all = AgencyFactory.create(name="Any province")

        shelves = reader.get(LIST).context["shelves"]

        assert [(each.tier, each.province) for each in shelves] == [
            ("Federal", None),
            ("Provincial", None),
            ("Provincial", agency.province),
            ("Provincial", sindh.province),
        ]
        assert [each.agencies for each in shelves[1:]] == [[of_all], [agency, second], [sindh]]

    def test_leaves_out_what_is_closed(self, reader):
        AgencyFactory.create(name="Closed agency", is_active=False)

        assert "Closed agency" not in reader.get(LIST).text

    @pytest.mark.parametrize("words", ["balochistan", "پولیس", "bl-pol"])
    def test_finds_an_agency_by_name_and_code(self, reader, agency, words):
        page = reader.get(LIST, {"q": words})

        assert [each.agencies for each in page.context["shelves"]] == [[agency]]

    @pytest.mark.parametrize("words", ["%", "x" * 5000, "a\x00b", "<script>"])
    def test_says_when_none_is_called_so(self, reader, agency, words):
        page = reader.get(LIST, {"q": words})

        assert page.status_code == 200
        assert "No agency is called so" in page.text

    def test_takes_a_fixed_number_of_queries(self, reader, agency):
        with CaptureQueriesContext(connection) as few:
            reader.get(LIST)
        for _ in range(5):
            AgencyFactory.create(province=ProvinceFactory.create())
        with CaptureQueriesContext(connection) as many:
            reader.get(LIST)

        assert len(many) == len(few)


class TestPage:
    def test_shows_what_it_is(self, reader, agency):
        page = reader.get(agency.get_absolute_url()).text

        for words in ("Balochistan Police", "بلوچستان پولیس", "BL-POLICE", "Provincial", "Police"):
            assert words in page
        assert agency.province.get_absolute_url() in page

    def test_counts_people_by_role_and_names_none(self, reader, agency):
        people = UserFactory.create_batch(2, agency=agency)
        people += [UserFactory.create(commander=True, agency=agency)]
        UserFactory.create(auditor=True, agency=agency, is_active=False)

        page = reader.get(agency.get_absolute_url())

        assert page.context["page"].people == [("Investigator", 2), ("Commander", 1)]
        for person in people:
            for secret in (person.name, person.email, person.post):
                assert secret not in page.text

    def test_says_that_it_is_closed(self, reader):
        closed = AgencyFactory.create(is_active=False)

        assert (
            "Closed: it owns and receives nothing new" in reader.get(closed.get_absolute_url()).text
        )

    def test_shows_a_kind_that_an_admin_made_up(self, reader):
        agency = AgencyFactory.create(kind="river_guard")

        assert "river guard" in reader.get(agency.get_absolute_url()).text

    def test_is_not_there_for_a_number_that_is_nobody_s(self, reader):
        assert reader.get(f"{LIST}987654321/").status_code == 404
        assert reader.get(f"{LIST}{10**30}/").status_code == 404

    def test_changes_nothing(self, reader, agency):
        assert reader.post(agency.get_absolute_url()).status_code == 405

    def test_takes_a_fixed_number_of_queries(self, client, agency):
        client.force_login(UserFactory.create(agency=agency))
        with CaptureQueriesContext(connection) as few:
            client.get(agency.get_absolute_url())
        for role in Role.values:
            UserFactory.create(agency=agency, role=role)
        SharingGroupFactory.create_batch(4, agencies=[agency])
        with CaptureQueriesContext(connection) as many:
            client.get(agency.get_absolute_url())

        # the members of the groups, once there is a group
        assert len(many) == len(few) + 1


class TestApi:
    def test_gives_an_agency_with_its_province(self, reader, agency):
        said = reader.get(f"{API}{agency.pk}/").json()

        assert (said["code"], said["tier"], said["kind"]) == ("BL-POLICE", "PROVINCIAL", "police")
        assert said["province"]["code"] == agency.province.code

    def test_narrows_by_tier_kind_province_and_name(self, reader, agency):
        ctd = AgencyFactory.create(kind="ctd", is_active=False)

        assert ids(reader.get(API, {"tier": "PROVINCIAL"})) == [ctd.pk, agency.pk]
        assert ids(reader.get(API, {"kind": "ctd"})) == [ctd.pk]
        assert ids(reader.get(API, {"province": agency.province_id})) == [agency.pk]
        assert ids(reader.get(API, {"q": "balochistan"})) == [agency.pk]
        assert ids(reader.get(API, {"tier": "FEDERAL", "q": "balochistan"})) == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"tier": "GALACTIC"}, "tier"),
            ({"province": "x"}, "province"),
            ({"kind": "a\x00"}, "kind"),
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

    def test_needs_a_person_and_takes_nothing(self, client):
        assert client.get(API).status_code in {401, 403}
        client.force_login(UserFactory.create())
        assert client.post(API, {}).status_code == 405

    def test_takes_a_fixed_number_of_queries(self, reader, agency):
        with CaptureQueriesContext(connection) as few:
            reader.get(API)
        for district in DistrictFactory.create_batch(5):
            AgencyFactory.create(province=district.province)
        with CaptureQueriesContext(connection) as many:
            reader.get(API)

        assert len(many) == len(few)
