import pytest
from django.urls import reverse

from audit.choices import Verb
from audit.models import Event
from tests.factories import PASSWORD, UserFactory

SIGN_IN = "/sign-in/"
ELSEWHERE = ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]


@pytest.fixture
def person(db):
    return UserFactory.create()


class TestSignIn:
    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_leads_nowhere_else(self, client, person, target):
        said = {"username": person.email, "password": PASSWORD, "next": target}

        answer = client.post(SIGN_IN, said)

        assert answer["location"] == reverse("home")

    def test_leads_on_to_the_page_that_was_asked_for(self, client, person):
        said = {"username": person.email, "password": PASSWORD, "next": "/lessons/"}

        assert client.post(SIGN_IN, said)["location"] == "/lessons/"

    @pytest.mark.parametrize("typed", ["a\0b", "\0", "x" * 100_000, "\u202e\U0001f642", ""])
    def test_refuses_and_records_whatever_was_typed(self, client, db, typed):
        answer = client.post(SIGN_IN, {"username": typed, "password": "no"})

        assert answer.status_code == 422
        assert Event.objects.get().verb == Verb.USER_SIGN_IN_FAILED

    def test_a_closed_account_is_out_at_once(self, client, person):
        client.force_login(person)
        assert client.get("/lessons/").status_code == 200

        person.is_active = False
        person.save(update_fields=["is_active"])

        assert client.get("/lessons/").status_code == 302
        assert client.get("/api/lessons/").status_code == 403
        said = {"username": person.email, "password": PASSWORD}
        assert client.post(SIGN_IN, said).status_code == 422


class TestLanguage:
    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_leads_nowhere_else(self, client, db, target):
        answer = client.post("/language/", {"language": "ur", "next": target})

        assert answer["location"] == "/"
