"""Answers of security keys that are none: refused with a sentence, never an error page."""

import json

import pytest
from allauth.mfa.models import Authenticator

from agencies.actions.signing import MOST_KEYS, TooManyKeys, set_up_key
from agencies.signing.factors import Type
from tests.agencies.door.people import FACTOR, come_in, is_in, type_password, with_app
from tests.factories import NOON, UserFactory

CLIENT_DATA = (
    "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJodHRwOi8vdGVzdHNlcnZlciJ9"
)
JUNK = [
    "no json",
    "[]",
    "7",
    "null",
    '"text"',
    "{}",
    '{"id": 1}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": None}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "AA",
                "attestationObject": "AA",
                "authenticatorData": "AA",
                "signature": "AA",
            },
        }
    ),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": CLIENT_DATA,
                "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUEA",
                "authenticatorData": "A" * 60,
                "signature": "AA",
            },
            "clientExtensionResults": {},
        }
    ),
    "{" * 5000,
    "[" * 15_000,
]


@pytest.fixture
def person(db):
    return UserFactory.create()


@pytest.mark.parametrize("answer", JUNK)
class TestJunk:
    def test_sets_up_no_key(self, client, person, answer):
        come_in(client, person)
        client.get("/account/key/")

        page = client.post("/account/key/", {"name": "Key", "credential": answer})

        assert page.status_code == 422
        assert not Authenticator.objects.exists()

    def test_opens_no_session(self, client, person, answer):
        with_app(person)
        type_password(client, person.email)
        client.get(FACTOR)

        assert client.post(FACTOR, {"credential": answer}).status_code == 422
        assert not is_in(client)


class TestKeys:
    def test_are_a_handful(self, person):
        rows = [
            Authenticator(user=person, type=Type.WEBAUTHN, data={"name": f"Key {number}"})
            for number in range(MOST_KEYS)
        ]
        Authenticator.objects.bulk_create(rows)

        with pytest.raises(TooManyKeys, match="eight keys"):
            set_up_key(user=person, name="One more", credential={}, at=NOON)

    def test_need_a_name_and_an_answer(self, client, person):
        come_in(client, person)

        page = client.post("/account/key/", {"name": "", "credential": ""})

        assert page.status_code == 422
        assert "The key has not answered" in page.content.decode()
