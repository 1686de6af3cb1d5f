"""A form that comes without a session, or with an old token: what was typed is given back."""

import pytest
from django.test import Client

from tests.factories import UserFactory

PATH = "/reviews/1/sections/B/"
TYPED = {"text": "Nobody staffed the lane.", "version": "1"}
HERE = {"Sec-Fetch-Site": "same-origin"}


class TestAFormFromNobody:
    def test_is_shown_to_be_sent_after_signing_in_elsewhere(self, db):
        client = Client()

        answer = client.post(PATH, TYPED)

        assert answer.status_code == 401
        assert "Nobody staffed the lane.</textarea>" in answer.text
        assert f'action="{PATH}"' in answer.text
        assert not any("staffed" in each.value for each in answer.cookies.values())

    @pytest.mark.parametrize("typed", [{}, TYPED | {"password": "a word"}, {"state": "x"}])
    def test_is_led_to_the_door_where_nothing_was_said_or_a_secret(self, db, typed):
        answer = Client().post(PATH, typed)

        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


class TestAFormWithAnOldToken:
    def client(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(UserFactory.create())
        return client

    def test_comes_back_with_a_new_one(self, db):
        answer = self.client().post(PATH, TYPED, headers=HERE)

        assert answer.status_code == 403
        assert "Nobody staffed the lane.</textarea>" in answer.text
        assert "csrfmiddlewaretoken" in answer.text

    def test_of_another_site_is_refused_and_not_shown(self, db):
        for how in ({}, {"Sec-Fetch-Site": "cross-site"}):
            answer = self.client().post(PATH, TYPED, headers=how)

            assert answer.status_code == 403
            assert "staffed" not in answer.text


class TestAPageThatAsksByItself:
    def test_keeps_no_session_alive(self, client, db, monkeypatch):
        noted = []
        monkeypatch.setattr("agencies.middleware._note", lambda *_: noted.append(1))
        client.force_login(UserFactory.create())

        client.get("/", headers={"X-Background": "1"})
        assert not noted
        client.get("/")
        assert noted

    def test_leaves_what_was_typed_to_whoever_sends_it(self, client, db, monkeypatch):
        monkeypatch.setattr("agencies.middleware._is_over", lambda *_: True)
        client.force_login(UserFactory.create(release_officer=True))

        drawn = client.post(
            "/bulletins/preview/", TYPED, headers={"X-Background": "1", "HX-Request": "true"}
        )

        assert drawn.status_code == 204
        assert "_auth_user_id" in client.session
