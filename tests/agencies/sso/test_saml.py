"""SAML against answers that are signed inside the test."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from aar import sso
from agencies.models import User
from agencies.sso.actions import link_identity
from tests.agencies.door.people import FACTOR, come_in, is_in, with_app
from tests.agencies.sso.house import ISSUER, SIGN_IN, Asked, House
from tests.factories import NOON, UserFactory

KEY = sso.key_of("saml", ISSUER)


@pytest.fixture(scope="module")
def key_holder():
    return House()


@pytest.fixture
def house(key_holder, settings, monkeypatch):
    monkeypatch.setattr(sso, "SAML_SIGN_IN_URL", SIGN_IN)
    monkeypatch.setattr(sso, "SAML_CERTIFICATE", key_holder.certificate_line)
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [sso._saml()]}}
    settings.SSO_DOORS = [("saml", KEY, "Ministry")]
    return key_holder


@pytest.fixture
def browser():
    return Client(headers={"host": "localhost"})


@pytest.fixture
def linked(house, db):
    person = UserFactory.create()
    link_identity(person=person, provider=KEY, subject="subject-1", by=person, at=NOON)
    return person


def go(browser, house, *, ask=None, **changes):
    """To the house and back, through the two steps of the way back."""
    there = browser.post(f"/sso/saml/{KEY}/", ask or {})
    assert there["location"].startswith(SIGN_IN)
    form = house.answer(Asked(there["location"]), **changes)
    landed = browser.post(f"/sso/saml/{KEY}/back/", form)
    return browser.get(landed["location"])


class TestSignIn:
    def test_opens_the_account_that_is_linked(self, browser, house, linked):
        answer = go(browser, house, ask={"next": "/lessons/"})

        assert answer["location"] == "/lessons/"
        assert is_in(browser)

    def test_still_asks_for_the_second_factor(self, browser, house, linked):
        with_app(linked)

        assert go(browser, house)["location"] == FACTOR
        assert not is_in(browser)

    @pytest.mark.parametrize(
        "changes",
        [
            {"signed": False},
            {"subject": "subject-2"},
            {"issuer": "https://evil.example"},
            {"audience": "https://another.example"},
            {"later": "2020-01-01T00:00:00Z"},
            {"acs": "https://evil.example/back/"},
            {"request": "ONELOGIN_never_asked"},
        ],
        ids=["unsigned", "subject", "issuer", "audience", "old", "recipient", "request"],
    )
    def test_an_answer_of_another_purpose_opens_nothing(self, browser, house, linked, changes):
        answer = go(browser, house, **changes)

        assert answer["location"] == "/sign-in/"
        assert not is_in(browser)

    def test_an_answer_signed_by_somebody_else_opens_nothing(self, browser, house, linked):
        assert go(browser, House())["location"] == "/sign-in/"
        assert not is_in(browser)

    def test_an_answer_that_was_not_asked_for_opens_nothing(self, browser, house, linked):
        there = browser.post(f"/sso/saml/{KEY}/")
        form = house.answer(Asked(there["location"]))
        victim = Client(headers={"host": "localhost"})

        landed = victim.post(f"/sso/saml/{KEY}/back/", form)
        victim.get(landed["location"])

        assert not is_in(victim)

    def test_an_answer_serves_once(self, browser, house, linked):
        there = browser.post(f"/sso/saml/{KEY}/")
        form = house.answer(Asked(there["location"]))
        browser.get(browser.post(f"/sso/saml/{KEY}/back/", form)["location"])
        assert is_in(browser)
        browser.post("/sign-out/")

        browser.get(browser.post(f"/sso/saml/{KEY}/back/", form)["location"])

        assert not is_in(browser)

    def test_makes_no_account(self, browser, house, db):
        go(browser, house)

        assert not User.objects.exists()
        assert not SocialAccount.objects.exists()

    def test_a_person_links_their_own_while_signed_in(self, browser, house, db):
        person = UserFactory.create()
        come_in(browser, person)

        go(browser, house, ask={"process": "connect"})

        assert SocialAccount.objects.get().user == person

    def test_leads_nowhere_else(self, browser, house, linked):
        assert go(browser, house, ask={"next": "//evil.example"})["location"] == "/"

    def test_says_who_we_are(self, browser, house, db):
        answer = browser.get(f"/sso/saml/{KEY}/about/")

        assert answer.status_code == 200
        assert f"/sso/saml/{KEY}/back/" in answer.content.decode()
