import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied

from agencies.actions import accounts
from agencies.actions._doors import OwnAccount
from agencies.choices import Classification, Role
from agencies.models import Posting, User
from agencies.sessions import end_sessions
from audit.choices import Verb
from audit.models import Event
from tests.factories import NOON, AgencyFactory, UserFactory


def add(by, agency, **changes):
    fields = {
        "email": "new@force.example",
        "name": "New",
        "post": "Inspector",
        "agency": agency,
        "role": Role.INVESTIGATOR,
        "clearance": Classification.RESTRICTED,
        "areas": [],
    }
    return accounts.add_person(by=by, at=NOON, **(fields | changes))


def change(by, person, **changes):
    fields = {"name": person.name, "clearance": Classification(person.clearance)}
    return accounts.change_person(person_id=person.pk, by=by, at=NOON, **(fields | changes))


class TestAddPerson:
    def test_gives_a_first_post_and_no_password(self, admin):
        person = add(admin, admin.agency)

        assert not person.has_usable_password()
        assert Posting.objects.get(person=person).given_by == admin
        event = Event.objects.about(person).get()
        assert (event.verb, event.actor_id) == (Verb.USER_CREATED, admin.pk)

    def test_refuses_an_address_that_somebody_has(self, admin):
        UserFactory.create(email="NEW@force.example")

        with pytest.raises(accounts.AddressTaken, match="belongs to somebody"):
            add(admin, admin.agency)

        assert not Event.objects.exists()

    def test_refuses_a_clearance_above_ones_own(self, admin):
        with pytest.raises(accounts.ClearanceTooHigh, match="CONFIDENTIAL"):
            add(admin, admin.agency, clearance=Classification.CONFIDENTIAL)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN])
    def test_refuses_a_role_above_an_agency_admin(self, admin, role):
        with pytest.raises(PermissionDenied):
            add(admin, admin.agency, role=role)

    def test_refuses_another_agency(self, admin):
        with pytest.raises(PermissionDenied):
            add(admin, AgencyFactory.create())

    def test_refuses_a_commander(self, outsider):
        with pytest.raises(PermissionDenied):
            add(outsider, outsider.agency)

        assert not User.objects.filter(email="new@force.example").exists()


class TestChangePerson:
    def test_keeps_what_was_before_in_the_record(self, admin, person):
        change(admin, person, name="Gul Khan", clearance=Classification.UNMARKED)

        person.refresh_from_db()
        assert (person.name, person.clearance) == ("Gul Khan", "UNMARKED")
        event = Event.objects.about(person).get()
        assert event.verb == Verb.USER_CHANGED
        assert event.data == {
            "name": ["Gul", "Gul Khan"],
            "clearance": ["RESTRICTED", "UNMARKED"],
        }

    def test_records_nothing_where_nothing_changes(self, admin, person):
        change(admin, person)

        assert not Event.objects.exists()

    def test_refuses_a_clearance_above_ones_own(self, admin, person):
        with pytest.raises(accounts.ClearanceTooHigh):
            change(admin, person, clearance=Classification.CONFIDENTIAL)

    def test_refuses_secret_on_a_deployment_without_accreditation(self, system_admin, person):
        with pytest.raises(accounts.ClearanceTooHigh):
            change(system_admin, person, clearance=Classification.SECRET)

    def test_refuses_oneself(self, admin, system_admin):
        for each in (admin, system_admin):
            with pytest.raises(OwnAccount, match="another admin"):
                change(each, each, clearance=Classification.CONFIDENTIAL)

    def test_refuses_an_account_above_the_agency(self, admin, agency):
        auditor = UserFactory.create(auditor=True, agency=agency)

        with pytest.raises(PermissionDenied):
            change(admin, auditor, name="Other")

    def test_shows_nobody_to_a_stranger(self, stranger, outsider, person):
        for each in (stranger, outsider):
            with pytest.raises(User.DoesNotExist):
                change(each, person, name="Other")

        assert not Event.objects.exists()

    def test_asks_what_the_admin_is_now_and_not_when_the_page_was_opened(self, admin, person):
        accounts.close_account(
            person_id=admin.pk, by=UserFactory.create(system_admin=True), at=NOON
        )

        with pytest.raises(User.DoesNotExist):
            change(admin, person, name="Other")


class TestCloseAccount:
    def test_ends_every_session_and_every_link(self, admin, person, client):
        client.force_login(person)
        User.objects.filter(pk=person.pk).update(link_made_at=NOON)

        accounts.close_account(person_id=person.pk, by=admin, at=NOON)

        person.refresh_from_db()
        assert not person.is_active
        assert person.link_made_at is None
        assert not Session.objects.exists()
        event = Event.objects.about(person).get()
        assert (event.verb, event.data) == (Verb.USER_CLOSED, {"sessions_ended": 1})

    def test_twice_is_the_same_as_once(self, admin, person):
        for _time in range(2):
            accounts.close_account(person_id=person.pk, by=admin, at=NOON)

        assert Event.objects.about(person).count() == 1

    def test_refuses_oneself_so_that_one_admin_is_always_left(self, system_admin):
        with pytest.raises(OwnAccount):
            accounts.close_account(person_id=system_admin.pk, by=system_admin, at=NOON)

    def test_refuses_a_system_admin_to_an_agency_admin(self, admin, agency):
        above = UserFactory.create(system_admin=True, agency=agency)

        with pytest.raises(PermissionDenied):
            accounts.close_account(person_id=above.pk, by=admin, at=NOON)

    def test_shows_nobody_to_an_outsider(self, outsider, person):
        with pytest.raises(User.DoesNotExist):
            accounts.close_account(person_id=person.pk, by=outsider, at=NOON)


class TestReopenAccount:
    def test_lets_the_person_in_again(self, admin, person):
        accounts.close_account(person_id=person.pk, by=admin, at=NOON)

        accounts.reopen_account(person_id=person.pk, by=admin, at=NOON)

        person.refresh_from_db()
        assert person.is_active
        assert Event.objects.about(person).filter(verb=Verb.USER_REOPENED).count() == 1

    def test_refuses_whom_no_post_is_left(self, admin, person):
        User.objects.filter(pk=person.pk).update(is_active=False)
        Posting.objects.filter(person=person).update(ended_at=NOON, ended_by=admin)

        with pytest.raises(accounts.NoPostToActIn, match="Give a post first"):
            accounts.reopen_account(person_id=person.pk, by=admin, at=NOON)

    def test_shows_nobody_to_a_stranger(self, stranger, person):
        with pytest.raises(User.DoesNotExist):
            accounts.reopen_account(person_id=person.pk, by=stranger, at=NOON)

    def test_refuses_the_better_cleared(self, admin, agency):
        above = UserFactory.create(agency=agency, clearance="CONFIDENTIAL", is_active=False)

        with pytest.raises(PermissionDenied):
            accounts.reopen_account(person_id=above.pk, by=admin, at=NOON)


class TestEndSessions:
    def test_ends_those_of_the_person_and_of_nobody_else(self, client, person, admin):
        client.force_login(admin)
        kept = client.session.session_key
        client.cookies.clear()
        client.force_login(person)
        here = client.session.session_key
        client.cookies.clear()
        client.force_login(person)

        assert end_sessions(person, but=here) == 1

        left = set(Session.objects.values_list("session_key", flat=True))
        assert left == {kept, here}
