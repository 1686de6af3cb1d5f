"""Who shares with whom is itself a secret."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import Role
from agencies.models import SharingGroup
from tests.factories import AgencyFactory, SharingGroupFactory, UserFactory

pytestmark = pytest.mark.django_db
API = "/api/sharing-groups/"


@pytest.fixture
def member():
    return UserFactory.create()


@pytest.fixture
def group(member):
    return SharingGroupFactory.create(name="Border circle", agencies=[member.agency])


def seen_by(user):
    return list(SharingGroup.objects.visible_to(user))


class TestVisibleTo:
    @pytest.mark.parametrize("role", Role.values)
    def test_shows_a_group_to_everybody_of_its_agencies(self, group, member, role):
        assert seen_by(UserFactory.create(role=role, agency=member.agency)) == [group]

    @pytest.mark.parametrize("role", Role.values)
    def test_hides_it_from_everybody_else_but_the_system_admin(self, group, role):
        seen = seen_by(UserFactory.create(role=role))

        assert seen == ([group] if role == Role.SYSTEM_ADMIN else [])

    def test_hides_it_from_oversight_too(self, group):
        body = AgencyFactory.create(kind="oversight")

        assert seen_by(UserFactory.create(auditor=True, agency=body)) == []

    def test_hides_it_from_closed_accounts_and_strangers(self, group, member):
        closed = UserFactory.create(agency=member.agency, is_active=False)
        closed_admin = UserFactory.create(system_admin=True, is_active=False)

        for person in (closed, closed_admin, AnonymousUser()):
            assert seen_by(person) == []

    def test_shows_a_group_of_two_agencies_once(self, group, member):
        group.agencies.add(AgencyFactory.create())

        assert seen_by(member) == [group]


class TestPage:
    def test_of_an_agency_shows_its_groups_to_their_members(self, client, group, member):
        other = AgencyFactory.create(name="Second member")
        group.agencies.add(other)
        client.force_login(member)

        for agency in (member.agency, other):
            page = client.get(agency.get_absolute_url())
            assert "Border circle" in page.text
            assert "Second member" in page.text

    def test_shows_only_groups_that_the_agency_itself_is_in(self, client, group, member, outsider):
        client.force_login(member)

        assert "Border circle" not in client.get(outsider.agency.get_absolute_url()).text

    def test_shows_an_outsider_none(self, client, group, member, outsider):
        client.force_login(outsider)

        page = client.get(member.agency.get_absolute_url())

        assert "Border circle" not in page.text
        assert "Sharing groups" not in page.text


class TestApi:
    def test_gives_a_member_the_group_with_its_agencies(self, client, group, member):
        client.force_login(member)

        said = client.get(f"{API}{group.pk}/").json()

        assert said == {
            "id": group.pk,
            "name": "Border circle",
            "agencies": [member.agency.code],
        }

    def test_answers_an_outsider_as_if_there_were_none(self, client, group, outsider):
        client.force_login(outsider)

        there, nowhere = (client.get(f"{API}{pk}/") for pk in (group.pk, 987654321))

        assert client.get(API).json()["results"] == []
        assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
        assert there.status_code == 404

    def test_needs_a_person(self, client):
        assert client.get(API).status_code in {401, 403}

    def test_takes_a_fixed_number_of_queries(self, client, group, member):
        client.force_login(member)
        with CaptureQueriesContext(connection) as few:
            client.get(API)
        for _ in range(5):
            SharingGroupFactory.create(agencies=[member.agency, AgencyFactory.create()])
        with CaptureQueriesContext(connection) as many:
            client.get(API)

        assert len(many) == len(few)
