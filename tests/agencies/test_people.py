import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agencies.actions.people import create_user
from agencies.choices import Role
from agencies.models import User
from audit.choices import Verb
from audit.models import Event
from tests.factories import NOON, PASSWORD, AgencyFactory, UserFactory


def new_person(by, agency, **changes):
    fields = {
        "email": "new@force.example",
        "password": PASSWORD,
        "name": "New",
        "post": "Inspector",
        "agency": agency,
        "role": Role.INVESTIGATOR,
    }
    return create_user(by=by, at=NOON, **(fields | changes))


class TestCreateUser:
    def test_gives_a_person_a_sign_in_and_records_it(self, db):
        admin = UserFactory.create(agency_admin=True)

        user = new_person(admin, admin.agency)

        assert user.check_password(PASSWORD)
        assert Event.objects.about(user).get().verb == Verb.USER_CREATED

    def test_refuses_a_weak_password(self, db):
        admin = UserFactory.create(agency_admin=True)

        with pytest.raises(ValidationError, match="12 characters"):
            new_person(admin, admin.agency, password="short")

        assert not User.objects.filter(email="new@force.example").exists()

    @pytest.mark.parametrize(
        "role", [Role.INVESTIGATOR, Role.COMMANDER, Role.RELEASE_OFFICER, Role.AUDITOR]
    )
    def test_refuses_every_role_but_the_admins(self, db, role):
        person = UserFactory.create(role=role)

        with pytest.raises(PermissionDenied):
            new_person(person, person.agency)

    def test_refuses_the_admin_of_another_agency(self, db):
        stranger = UserFactory.create(agency_admin=True)

        with pytest.raises(PermissionDenied):
            new_person(stranger, AgencyFactory.create())

        assert not Event.objects.exists()

    def test_takes_an_address_once_whatever_its_case(self, db):
        admin = UserFactory.create(system_admin=True)
        new_person(admin, admin.agency)

        with pytest.raises(IntegrityError), transaction.atomic():
            new_person(admin, admin.agency, email="NEW@force.example")


class TestSignIn:
    def test_opens_the_home_page_and_is_recorded(self, client, db):
        user = UserFactory.create()

        answer = client.post("/sign-in/", {"username": user.email, "password": PASSWORD})

        assert answer.status_code == 302
        assert Event.objects.about(user).get().verb == Verb.USER_SIGNED_IN

    def test_answers_the_same_for_a_wrong_password_and_an_unknown_address(self, client, db):
        user = UserFactory.create()

        wrong = client.post("/sign-in/", {"username": user.email, "password": "wrong"})
        unknown = client.post("/sign-in/", {"username": "no@body.example", "password": "wrong"})

        assert wrong.status_code == unknown.status_code == 422
        assert "do not belong together" in wrong.content.decode()
        assert "do not belong together" in unknown.content.decode()
        assert Event.objects.filter(verb=Verb.USER_SIGN_IN_FAILED).count() == 2

    def test_sends_a_stranger_to_the_sign_in_page(self, client, db):
        answer = client.get("/incidents/")

        assert answer.status_code == 302
        assert answer["location"].startswith("/sign-in/")
