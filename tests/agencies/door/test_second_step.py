"""The second factor: when it is asked, what it takes, and that nothing serves twice."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.signing import clear_factors
from agencies.choices import Role
from agencies.signing import door
from agencies.signing.factors import codes_left, factors_of, plain_code
from agencies.signing.vault import seal
from audit.choices import Verb
from audit.models import Event
from tests.agencies.door.people import (
    FACTOR,
    SIGN_IN,
    code_of,
    come_in,
    is_in,
    type_password,
    with_app,
    wrong_code,
)
from tests.factories import PASSWORD, UserFactory

NEEDED = "/account/needed/"


def rise(person):
    """An admin makes the post that the person acts in a commander's."""
    person.posting.role = Role.COMMANDER
    person.posting.save(update_fields=["role"])
    person.refresh_from_db()


@pytest.fixture
def commander(db):
    return UserFactory.create(commander=True)


@pytest.fixture
def secret(commander):
    return with_app(commander)[0]


class TestSecondStep:
    def test_opens_the_session_only_after_both(self, client, commander, secret):
        answer = type_password(client, commander.email, next="/lessons/")
        assert answer["location"] == FACTOR
        assert not is_in(client)

        answer = client.post(FACTOR, {"code": code_of(secret)})

        assert answer["location"] == "/lessons/"
        assert is_in(client)
        assert Event.objects.get(verb=Verb.USER_SIGNED_IN).data == {"factor": "totp"}

    def test_is_nothing_without_the_first(self, client, commander, secret):
        assert client.get(FACTOR)["location"] == SIGN_IN
        assert client.post(FACTOR, {"code": code_of(secret)})["location"] == SIGN_IN

    def test_waits_ten_minutes(self, client, commander, secret):
        type_password(client, commander.email)

        with time_machine.travel(timezone.now() + door.HALF_LASTS + timedelta(seconds=1)):
            answer = client.post(FACTOR, {"code": code_of(secret)})

        assert answer["location"] == SIGN_IN

    def test_falls_with_a_changed_password(self, client, commander, secret):
        type_password(client, commander.email)
        commander.set_password("another long and odd word")
        commander.save()

        assert client.post(FACTOR, {"code": code_of(secret)})["location"] == SIGN_IN

    def test_is_asked_of_whoever_has_one_whatever_the_role(self, client, db):
        investigator = UserFactory.create()
        with_app(investigator)

        assert type_password(client, investigator.email)["location"] == FACTOR

    def test_leads_nowhere_else(self, client, commander, secret):
        answer = come_in(client, commander, secret, next="//evil.example/x")

        assert answer["location"] == reverse("home")

    def test_takes_urdu_digits_and_spaces(self, client, commander, secret):
        code = code_of(secret).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        type_password(client, commander.email)

        assert client.post(FACTOR, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302

    @pytest.mark.parametrize("typed", ["", "abc", "½⅓", "\0" * 6, "1" * 64, "-12345"])
    def test_refuses_whatever_is_no_code(self, client, commander, secret, typed):
        type_password(client, commander.email)

        assert client.post(FACTOR, {"code": typed}).status_code == 422
        assert not is_in(client)

    def test_is_held_back_after_five_tries_and_says_when(self, client, commander, secret):
        type_password(client, commander.email)
        wrong = wrong_code(secret)
        assert [client.post(FACTOR, {"code": wrong}).status_code for _try in range(6)] == [
            *[422] * 5,
            429,
        ]

        answer = client.post(FACTOR, {"code": code_of(secret)})

        assert answer.status_code == 429
        assert "Try again in a minute" in answer.content.decode()
        assert Event.objects.filter(verb=Verb.USER_FACTOR_FAILED).count() == 5


class TestReplay:
    def test_a_used_code_is_refused(self, client, commander, secret):
        code = code_of(secret)
        type_password(client, commander.email)
        client.post(FACTOR, {"code": code})
        thief = Client()
        type_password(thief, commander.email)

        answer = thief.post(FACTOR, {"code": code})

        assert answer.status_code == 422
        assert not is_in(thief)

    def test_a_code_older_than_the_used_one_is_refused_too(self, client, commander, secret):
        type_password(client, commander.email)
        client.post(FACTOR, {"code": code_of(secret, steps=1)})
        thief = Client()
        type_password(thief, commander.email)

        assert thief.post(FACTOR, {"code": code_of(secret)}).status_code == 422

    def test_the_code_that_set_the_app_up_opens_nothing_after(self, client, db):
        investigator = UserFactory.create()
        come_in(client, investigator)
        client.get("/account/app/")
        secret = _secret_shown(client)
        code = code_of(secret)
        client.post("/account/app/", {"code": code})
        thief = Client()
        type_password(thief, investigator.email)

        assert thief.post(FACTOR, {"code": code}).status_code == 422

    def test_the_next_code_opens(self, client, commander, secret):
        come_in(client, commander, secret)
        other = Client()
        type_password(other, commander.email)

        assert other.post(FACTOR, {"code": code_of(secret, steps=1)}).status_code == 302


class TestRecoveryCodes:
    def test_each_opens_once_and_is_recorded(self, client, commander):
        _secret, codes = with_app(commander)
        type_password(client, commander.email)
        assert client.post(FACTOR, {"code": codes[0]}).status_code == 302
        assert codes_left(commander) == 9
        assert Event.objects.filter(verb=Verb.USER_CODE_USED).count() == 1

        thief = Client()
        type_password(thief, commander.email)

        assert thief.post(FACTOR, {"code": codes[0]}).status_code == 422

    def test_lie_sealed_in_the_database(self, commander):
        secret, codes = with_app(commander)

        stored = " ".join(str(row.data) for row in Authenticator.objects.all())

        assert secret not in stored
        assert not [code for code in codes if code in stored]

    def test_are_shown_once_and_can_be_downloaded(self, client, db):
        person = UserFactory.create()
        come_in(client, person)
        client.get("/account/app/")
        answer = client.post("/account/app/", {"code": code_of(_secret_shown(client))})
        assert answer["location"] == "/account/codes/"

        page = client.get("/account/codes/")
        file = client.get("/account/codes/file/")

        assert len(page.context["codes"]) == 10
        assert file["content-disposition"].startswith("attachment")
        assert file.content.decode().split("\r\n")[:-1] == page.context["codes"]
        client.post("/account/codes/")
        assert client.get("/account/codes/")["location"] == "/account/"
        assert client.get("/account/codes/file/").status_code == 404

    def test_new_ones_void_the_old(self, client, commander):
        secret, codes = with_app(commander)
        come_in(client, commander, secret)

        client.post("/account/codes/renew/")

        thief = Client()
        type_password(thief, commander.email)
        assert thief.post(FACTOR, {"code": codes[0]}).status_code == 422
        assert Event.objects.filter(verb=Verb.USER_CODES_RENEWED).count() == 1


def _secret_shown(client):
    return client.get("/account/app/").context["secret"].replace(" ", "")


class TestNeededFactor:
    @pytest.mark.parametrize("role", [role for role in Role if role != Role.INVESTIGATOR])
    @pytest.mark.parametrize("path", ["/", "/lessons/", "/reference/", "/account/", "/sessions/"])
    def test_nothing_else_opens_before_it(self, client, db, role, path):
        person = UserFactory.create(role=role)
        assert come_in(client, person).status_code == 302

        assert client.get(path)["location"] == NEEDED

    def test_the_api_says_so_with_403(self, client, commander):
        come_in(client, commander)

        assert client.get("/api/lessons/").status_code == 403

    def test_no_deed_is_done_before_it(self, client, commander):
        come_in(client, commander)

        assert client.post("/bulletins/new/", {"title": "x"})["location"] == NEEDED

    def test_what_it_needs_itself_opens(self, client, commander):
        come_in(client, commander)

        for path in (NEEDED, "/account/app/", "/account/key/", "/account/app/picture.svg"):
            assert client.get(path).status_code == 200, path

    def test_setting_it_up_opens_the_rest(self, client, commander):
        come_in(client, commander)
        client.get("/account/app/")

        client.post("/account/app/", {"code": code_of(_secret_shown(client))})

        assert is_in(client)
        assert Event.objects.filter(verb=Verb.USER_FACTOR_ADDED).count() == 1

    def test_a_wrong_first_code_sets_nothing_up(self, client, commander):
        come_in(client, commander)
        client.get("/account/app/")

        answer = client.post("/account/app/", {"code": wrong_code(_secret_shown(client))})

        assert answer.status_code == 422
        assert not factors_of(commander)

    def test_investigators_may_do_without(self, client, db):
        come_in(client, UserFactory.create())

        assert is_in(client)

    def test_a_person_who_rises_in_the_middle_of_a_session_is_led_to_it(self, client, db):
        person = UserFactory.create()
        come_in(client, person)
        rise(person)

        assert client.get("/lessons/")["location"] == NEEDED

    def test_a_session_from_before_the_factor_must_prove_it(self, client, db):
        person = UserFactory.create()
        come_in(client, person)
        with_app(person)
        rise(person)

        answer = client.get("/lessons/")

        assert answer["location"] == "/sign-in/again/?next=%2Flessons%2F"
        assert client.post("/sign-in/again/", {"password": PASSWORD}).status_code == 422
        assert not is_in(client)


class TestRemovingAFactor:
    def test_the_last_of_a_role_that_needs_one_stays(self, client, commander, secret):
        come_in(client, commander, secret)
        factor = factors_of(commander)[0]

        answer = client.post(f"/account/factors/{factor.pk}/remove/", follow=True)

        assert "Add another one first" in answer.content.decode()
        assert factors_of(commander) == [factor]

    def test_others_may_remove_theirs_and_the_codes_go_with_it(self, client, db):
        person = UserFactory.create()
        secret, _codes = with_app(person)
        come_in(client, person, secret)

        client.post(f"/account/factors/{factors_of(person)[0].pk}/remove/")

        assert not Authenticator.objects.exists()
        assert Event.objects.filter(verb=Verb.USER_FACTOR_REMOVED).count() == 1

    def test_one_of_somebody_else_is_not_there(self, client, commander, secret):
        outsider = UserFactory.create()
        come_in(client, outsider)

        answer = client.get(f"/account/factors/{factors_of(commander)[0].pk}/remove/")

        assert answer.status_code == 404


class TestReferencePages:
    def test_are_behind_the_same_door_and_factor(self, client, db):
        admin = UserFactory.create(system_admin=True)
        secret, _codes = with_app(admin)

        assert client.get("/reference/").status_code == 302
        type_password(client, admin.email)
        assert client.get("/reference/").status_code == 302
        client.post(FACTOR, {"code": code_of(secret)})

        assert client.get("/reference/").status_code == 200

    def test_show_no_factors_sessions_or_identities(self, client, db):
        client.force_login(UserFactory.create(system_admin=True))

        page = client.get("/reference/").content.decode()

        assert "/reference/agencies/" in page
        for app in ("mfa", "usersessions", "account", "socialaccount"):
            assert f"/reference/{app}/" not in page


class TestPlainCode:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [(" 123 456 ", "123456"), ("۱۲۳۴۵۶", "123456"), ("12a", ""), ("", ""), ("²³", "")],
    )
    def test_is_digits_or_nothing(self, typed, code):
        assert plain_code(typed) == code


def test_a_secret_sealed_for_another_purpose_matches_no_code(client, commander, secret):
    factor = factors_of(commander)[0]
    factor.data["secret"] = seal(secret, purpose="device")
    factor.save()
    type_password(client, commander.email)

    assert client.post(FACTOR, {"code": code_of(secret)}).status_code == 422


class TestASessionFromBeforeTheFactor:
    @pytest.fixture
    def thief(self, db):
        """Somebody who learnt the password before its owner set up a factor."""
        return Client()

    @pytest.fixture
    def owner(self, thief):
        person = UserFactory.create()
        come_in(thief, person)
        return person

    @pytest.mark.parametrize(
        "path", ["/account/app/", "/account/key/", "/account/password/", "/account/codes/renew/"]
    )
    def test_changes_nothing_of_the_sign_in_by_a_password_alone(self, thief, owner, path):
        with_app(owner)

        assert thief.get(path)["location"].startswith("/sign-in/again/")
        assert thief.post("/sign-in/again/", {"password": PASSWORD}).status_code == 422
        assert thief.post(path, {"code": "123456"})["location"].startswith("/sign-in/again/")

    def test_ends_when_the_owner_sets_up_the_first_factor(self, client, thief, owner):
        come_in(client, owner)
        client.get("/account/app/")

        client.post("/account/app/", {"code": code_of(_secret_shown(client))})

        assert is_in(client)
        assert not is_in(thief)


class TestClearing:
    @pytest.fixture
    def admin(self, commander):
        return UserFactory.create(agency_admin=True, agency=commander.agency)

    def test_an_admin_helps_who_lost_everything(self, client, commander, secret, admin):
        lost = Client()
        come_in(lost, commander, secret)
        client.force_login(admin)

        assert client.get(f"/account/of/{commander.pk}/clear/").status_code == 200
        client.post(f"/account/of/{commander.pk}/clear/")

        assert not Authenticator.objects.filter(user=commander).exists()
        assert not is_in(lost)
        event = Event.objects.get(verb=Verb.USER_FACTOR_REMOVED)
        assert (event.actor_id, event.target_id) == (admin.pk, commander.pk)
        assert come_in(Client(), commander)["location"] == "/"

    def test_nobody_clears_their_own(self, client, admin):
        with_app(admin)
        client.force_login(admin)

        assert client.post(f"/account/of/{admin.pk}/clear/").status_code == 404
        with pytest.raises(PermissionDenied):
            clear_factors(person=admin, by=admin, at=timezone.now())
        assert factors_of(admin)

    def test_an_outsider_finds_no_such_page(self, client, commander, secret):
        for outsider in (
            UserFactory.create(agency_admin=True),
            UserFactory.create(agency=commander.agency),
        ):
            client.force_login(outsider)
            assert client.post(f"/account/of/{commander.pk}/clear/").status_code == 404
            with pytest.raises(PermissionDenied):
                clear_factors(person=commander, by=outsider, at=timezone.now())

        assert factors_of(commander)
