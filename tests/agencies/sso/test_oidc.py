"""OpenID Connect against a provider that runs inside the test."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.test import Client

from aar.sso import key_of
from agencies.models import User
from agencies.sso.actions import link_identity
from audit.choices import Verb
from audit.models import Event
from tests.agencies.door.people import FACTOR, code_of, come_in, is_in, with_app
from tests.agencies.sso.provider import CLIENT, new_key, running
from tests.factories import NOON, UserFactory
from tests.signed_in import age


@pytest.fixture(scope="module")
def house():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(house, settings):
    house.claims, house.userinfo, house.signing_key, house.without_token = {}, {}, None, False
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": key_of("oidc", house.address),
                    "name": "Ministry",
                    "client_id": CLIENT,
                    "secret": "secret",
                    "settings": {"server_url": house.address, "issuer": house.address},
                }
            ],
        }
    }
    settings.SSO_DOORS = [("openid_connect", key_of("oidc", house.address), "Ministry")]
    return house


@pytest.fixture
def person(db):
    return UserFactory.create()


@pytest.fixture
def linked(provider, person):
    link_identity(
        person=person,
        provider=key_of("oidc", provider.address),
        subject="subject-1",
        by=person,
        at=NOON,
    )
    return person


def go(client, provider, **asked):
    """To the provider and back."""
    there = client.post(f"/sso/oidc/{key_of('oidc', provider.address)}/", asked)
    assert there.status_code == 302, there.content
    assert there["location"].startswith(f"{provider.address}/authorize")
    return client.get(provider.authorize(there["location"]))


class TestSignIn:
    def test_opens_the_account_that_is_linked(self, client, provider, linked):
        answer = go(client, provider, next="/lessons/")

        assert answer["location"] == "/lessons/"
        assert is_in(client)
        assert Event.objects.get(verb=Verb.USER_SIGNED_IN).actor_id == linked.pk

    def test_still_asks_for_the_second_factor(self, client, provider, linked):
        secret, _codes = with_app(linked)

        assert go(client, provider)["location"] == FACTOR
        assert not is_in(client)
        client.post(FACTOR, {"code": code_of(secret)})

        assert is_in(client)

    def test_an_email_address_opens_nothing(self, client, provider, person):
        provider.claims = {"email": person.email, "email_verified": True}

        answer = go(client, provider)

        assert answer["location"] == "/sign-in/"
        assert not is_in(client)
        assert "opens no account here" in client.get("/sign-in/").content.decode()

    def test_makes_no_account(self, client, provider, db):
        go(client, provider)

        assert not User.objects.exists()
        assert not SocialAccount.objects.exists()
        assert Event.objects.get().verb == Verb.USER_SIGN_IN_FAILED

    def test_the_same_subject_of_another_issuer_opens_nothing(self, client, provider, person):
        link_identity(
            person=person,
            provider=key_of("oidc", "https://another.example"),
            subject="subject-1",
            by=person,
            at=NOON,
        )

        go(client, provider)

        assert not is_in(client)

    def test_a_closed_account_stays_closed(self, client, provider, linked):
        linked.is_active = False
        linked.save(update_fields=["is_active"])

        go(client, provider)

        assert not is_in(client)

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://evil.example"},
            {"aud": "another-client"},
            {"exp": 1},
            {"discovered_issuer": "https://evil.example", "iss": "https://evil.example"},
        ],
    )
    def test_a_token_of_another_purpose_opens_nothing(self, client, provider, linked, claims):
        provider.claims = claims

        assert go(client, provider)["location"] == "/sign-in/"
        assert not is_in(client)

    def test_a_token_signed_by_somebody_else_opens_nothing(self, client, provider, linked):
        provider.signing_key = new_key()

        go(client, provider)

        assert not is_in(client)

    def test_an_answer_without_a_token_opens_nothing(self, client, provider, linked):
        provider.without_token = True

        go(client, provider)

        assert not is_in(client)

    def test_user_info_of_another_subject_opens_nothing(self, client, provider, linked):
        provider.claims = {"sub": "subject-2"}
        provider.userinfo = {"sub": "subject-1"}

        go(client, provider)

        assert not is_in(client)

    def test_an_answer_that_was_not_asked_for_opens_nothing(self, client, provider, linked):
        there = client.post(f"/sso/oidc/{key_of('oidc', provider.address)}/")
        back = provider.authorize(there["location"])
        victim = Client()

        answer = victim.get(back)

        assert answer["location"] == "/sign-in/"
        assert not is_in(victim)

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
    def test_leads_nowhere_else(self, client, provider, linked, target):
        assert go(client, provider, next=target)["location"] == "/"

    def test_is_no_link_that_a_picture_could_follow(self, client, provider, db):
        assert client.get(f"/sso/oidc/{key_of('oidc', provider.address)}/").status_code == 405

    def test_an_unknown_house_is_not_there(self, client, db):
        assert client.post("/sso/oidc/oidc-unknown/").status_code == 404


class TestLinking:
    def test_a_person_links_their_own_while_signed_in(self, client, provider, person):
        come_in(client, person)

        go(client, provider, process="connect")

        assert SocialAccount.objects.get().user == person
        assert Event.objects.filter(verb=Verb.USER_IDENTITY_LINKED).count() == 1
        assert "subject-1" in client.get("/sso/identities/").content.decode()

    def test_nobody_links_without_a_fresh_proof(self, client, provider, person):
        come_in(client, person)
        age(client, proved=600)

        go(client, provider, process="connect")

        assert not SocialAccount.objects.exists()

    def test_nobody_links_without_a_session(self, client, provider, person):
        go(client, provider, process="connect")

        assert not SocialAccount.objects.exists()

    def test_one_identity_opens_one_account(self, client, provider, linked):
        outsider = UserFactory.create()
        come_in(client, outsider)

        go(client, provider, process="connect")

        assert SocialAccount.objects.get().user == linked

    def test_an_admin_links_for_their_people_and_an_outsider_does_not(self, person, outsider):
        admin = UserFactory.create(agency_admin=True, agency=person.agency)
        words = {"person": person, "provider": "oidc-1", "subject": "s", "at": NOON}

        with pytest.raises(PermissionDenied):
            link_identity(by=outsider, **words)
        link_identity(by=admin, **words)

        assert SocialAccount.objects.get().user == person

    def test_it_can_be_unlinked_by_its_owner_alone(self, client, provider, linked):
        row = SocialAccount.objects.get()
        outsider = Client()
        come_in(outsider, UserFactory.create())
        outsider.post(f"/sso/identities/{row.pk}/unlink/")
        assert SocialAccount.objects.exists()

        come_in(client, linked)
        client.post(f"/sso/identities/{row.pk}/unlink/")

        assert not SocialAccount.objects.exists()
        assert Event.objects.filter(verb=Verb.USER_IDENTITY_UNLINKED).count() == 1


class TestTheSignInPage:
    def test_offers_the_other_house(self, client, provider, db):
        page = client.get("/sign-in/").content.decode()

        assert "Sign in with Ministry" in page

    def test_offers_none_where_none_is_set_up(self, client, settings, db):
        settings.SSO_DOORS = []

        assert "Another house" not in client.get("/sign-in/").content.decode()
