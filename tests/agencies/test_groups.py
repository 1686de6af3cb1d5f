import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agencies.actions import groups
from agencies.models import SharingGroup
from audit.choices import Verb
from audit.models import Event
from tests.counting import LOCK
from tests.factories import NOON, AgencyFactory, SharingGroupFactory, UserFactory


@pytest.fixture
def group(db):
    return SharingGroupFactory.create(name="Balochistan")


def deeds(group, agency):
    """Every deed with a group that exists."""
    return (
        (groups.rename_group, {"group_id": group.pk, "name": "Other"}),
        (groups.add_agency, {"group_id": group.pk, "agency": agency}),
        (groups.remove_agency, {"group_id": group.pk, "agency": agency}),
    )


class TestGroups:
    def test_are_made_renamed_joined_and_left_and_each_is_recorded(self, system_admin, agency):
        group = groups.make_group(name="Balochistan", by=system_admin, at=NOON)

        for deed, what in deeds(group, agency):
            deed(**what, by=system_admin, at=NOON)

        group.refresh_from_db()
        assert group.name == "Other"
        assert not group.agencies.exists()
        told = [each.verb for each in Event.objects.about(group).order_by("pk")]
        assert told == [
            Verb.GROUP_MADE,
            Verb.GROUP_RENAMED,
            Verb.GROUP_JOINED,
            Verb.GROUP_LEFT,
        ]

    def test_twice_is_the_same_as_once(self, system_admin, group, agency):
        for _time in range(2):
            for deed, what in deeds(group, agency)[:2]:
                deed(**what, by=system_admin, at=NOON)

        assert Event.objects.count() == 2

    def test_refuse_a_name_that_is_taken_whatever_its_case(self, system_admin, group):
        other = SharingGroupFactory.create()

        with pytest.raises(groups.GroupNameTaken):
            groups.make_group(name="balochistan", by=system_admin, at=NOON)
        with pytest.raises(groups.GroupNameTaken):
            groups.rename_group(group_id=other.pk, name="BALOCHISTAN", by=system_admin, at=NOON)

    def test_refuse_an_agency_that_is_switched_off(self, system_admin, group):
        off = AgencyFactory.create(is_active=False)

        with pytest.raises(groups.AgencyNotActive):
            groups.add_agency(group_id=group.pk, agency=off, by=system_admin, at=NOON)

    def test_are_the_system_admins_alone(self, admin, outsider, group, agency):
        for each in (admin, outsider):
            with pytest.raises(PermissionDenied):
                groups.make_group(name="Mine", by=each, at=NOON)
            for deed, what in deeds(group, agency):
                with pytest.raises(SharingGroup.DoesNotExist):
                    deed(**what, by=each, at=NOON)

        assert not Event.objects.exists()


class TestPages:
    def test_make_a_group_and_its_members(self, client, system_admin, agency):
        client.force_login(system_admin)
        made = client.post(reverse("group_add"), {"name": "Balochistan"})
        group = SharingGroup.objects.get()
        assert made["location"] == group.get_absolute_url()

        client.post(reverse("group_agency_add", args=[group.pk]), {"agency": agency.pk})
        assert agency.name in client.get(reverse("group_list")).text
        client.post(reverse("group_detail", args=[group.pk]), {"name": "Quetta"})
        client.post(reverse("group_agency_remove", args=[group.pk, agency.pk]))

        group.refresh_from_db()
        assert group.name == "Quetta"
        assert not group.agencies.exists()

    def test_give_back_a_name_that_is_taken(self, client, system_admin, group):
        client.force_login(system_admin)

        answer = client.post(reverse("group_add"), {"name": "BALOCHISTAN"})

        assert answer.status_code == 422
        assert 'value="BALOCHISTAN"' in answer.text

    def test_are_not_there_for_anybody_else(self, client, admin, outsider, group, agency):
        group.agencies.add(agency)
        for each in (admin, outsider, UserFactory.create(auditor=True)):
            client.force_login(each)
            for name, args in (
                ("group_list", []),
                ("group_add", []),
                ("group_detail", [group.pk]),
            ):
                assert client.get(reverse(name, args=args)).status_code == 404
            for name, args in (
                ("group_add", []),
                ("group_detail", [group.pk]),
                ("group_agency_add", [group.pk]),
                ("group_agency_remove", [group.pk, agency.pk]),
            ):
                answer = client.post(reverse(name, args=args), {"name": "x", "agency": agency.pk})
                assert answer.status_code == 404

    def test_ask_as_often_for_many_groups_as_for_few(
        self, client, system_admin, group, django_assert_max_num_queries, django_assert_num_queries
    ):
        client.force_login(system_admin)
        with django_assert_max_num_queries(4 + LOCK) as few:
            client.get(reverse("group_list"))
        for _group in range(5):
            SharingGroupFactory.create(agencies=[AgencyFactory.create()])
        group.agencies.add(AgencyFactory.create())

        with django_assert_num_queries(max(len(few), 4)):
            client.get(reverse("group_list"))
