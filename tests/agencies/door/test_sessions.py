"""How long a session lasts, and who may see and end it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from agencies.models import User
from agencies.sessions import device_words, end_sessions
from agencies.tasks import sweep_the_door
from audit.choices import Verb
from audit.models import Event
from tests.agencies.door.people import come_in, is_in, with_app
from tests.counting import LOCK
from tests.factories import PASSWORD, UserFactory
from tests.signed_in import age

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
NEW_PASSWORD = "seventeen odd green kettles"


@pytest.fixture
def person(db):
    return UserFactory.create()


def minutes(number):
    return number * 60


class TestLimits:
    @pytest.mark.parametrize(
        ("traits", "idle", "open_still"),
        [
            ({}, 119, True),
            ({}, 121, False),
            ({"commander": True}, 29, True),
            ({"commander": True}, 31, False),
            ({"auditor": True}, 31, False),
        ],
    )
    def test_an_idle_session_ends(self, client, db, traits, idle, open_still):
        client.force_login(UserFactory.create(**traits))
        age(client, seen=minutes(idle))

        assert (client.get("/").status_code == 200) is open_still

    def test_a_click_keeps_it_open(self, client, person):
        client.force_login(person)
        age(client, seen=minutes(100))
        client.get("/lessons/")
        age(client, seen=minutes(100))

        assert is_in(client)

    def test_every_session_ends_in_the_end(self, client, person):
        client.force_login(person)
        age(client, began=minutes(12 * 60 + 1))

        answer = client.get("/lessons/")

        assert answer["location"] == "/sign-in/?next=%2Flessons%2F&late=1"
        assert not Session.objects.exists()

    def test_the_limits_are_settings(self, client, person, settings):
        settings.SESSION_IDLE_MINUTES = 1
        client.force_login(person)
        age(client, seen=61)

        assert not is_in(client)

    def test_a_session_that_did_not_come_through_the_door_is_over(self, client, person):
        client.force_login(person)
        session = client.session
        del session["began"]
        session.save()

        assert not is_in(client)

    def test_a_click_within_the_minute_costs_no_write(
        self, client, person, django_assert_num_queries
    ):
        come_in(client, person)

        # The session, the person, and whether they have a factor, which this page asks.
        with django_assert_num_queries(3 + LOCK):
            client.get("/account/needed/")

    def test_ends_with_the_browser(self, client, person):
        come_in(client, person)

        assert not client.cookies["session"]["max-age"]


class TestListOfSessions:
    def test_shows_ones_own_in_words_and_nobody_elses(self, client, person):
        come_in(client, person)
        phone = Client(headers={"user-agent": PHONE}, REMOTE_ADDR="192.0.2.5")
        come_in(phone, person)
        come_in(Client(REMOTE_ADDR="198.51.100.1"), UserFactory.create())

        page = client.get("/sessions/").content.decode()

        assert "Chrome on Android" in page
        assert "192.0.2.5" in page
        assert "198.51.100.1" not in page
        assert "You are signed in at 2 places." in page

    def test_ends_one_and_records_it(self, client, person):
        come_in(client, person)
        phone = Client(headers={"user-agent": PHONE})
        come_in(phone, person)
        row = UserSession.objects.get(user_agent=PHONE)

        client.post(f"/sessions/{row.pk}/end/")

        assert not is_in(phone)
        assert is_in(client)
        assert Event.objects.filter(verb=Verb.USER_SESSION_ENDED).count() == 1

    def test_ends_nothing_of_somebody_else(self, client, person):
        outsider = UserFactory.create()
        come_in(client, outsider)
        other = Client()
        come_in(other, person)
        row = UserSession.objects.get(user=person)

        answer = client.post(f"/sessions/{row.pk}/end/")

        assert answer.status_code == client.post("/sessions/999999/end/").status_code == 302
        assert is_in(other)
        assert not Event.objects.filter(verb=Verb.USER_SESSION_ENDED).exists()

    def test_ends_all_others(self, client, person):
        others = [Client(), Client()]
        for each in (*others, client):
            come_in(each, person)

        client.post("/sessions/end-others/")

        assert is_in(client)
        assert not any(is_in(each) for each in others)

    def test_leaves_out_what_has_run_out(self, client, person):
        come_in(Client(), person)
        UserSession.objects.update(created_at=timezone.now() - timedelta(hours=13))
        come_in(client, person)

        assert len(client.get("/sessions/").context["sessions"]) == 1

    def test_notes_where_a_session_was_last_seen(self, client, person):
        come_in(client, person)
        age(client, seen=120)

        client.get("/lessons/", REMOTE_ADDR="192.0.2.77")

        assert UserSession.objects.get().ip == "192.0.2.77"

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            (PHONE, "Chrome on Android"),
            ("Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0", "Firefox on Windows"),
            ("curl/8", "An unknown device"),
            ("", "An unknown device"),
        ],
    )
    def test_names_devices(self, told, words):
        assert device_words(told) == words


class TestEndSessions:
    def test_ends_all_of_one_person_but_one(self, client, person):
        others = [Client(), Client()]
        for each in (*others, client):
            come_in(each, person)
        stranger = Client()
        come_in(stranger, UserFactory.create())

        assert end_sessions(person, but=client.session.session_key) == 2

        assert is_in(client)
        assert is_in(stranger)
        assert not any(is_in(each) for each in others)
        assert end_sessions(person, but=client.session.session_key) == 0


class TestChangingThePassword:
    def change(self, client, password, again=None):
        return client.post("/account/password/", {"password": password, "again": again or password})

    def test_ends_every_other_session_and_keeps_this_one_under_a_new_key(self, client, person):
        other = Client()
        come_in(other, person)
        come_in(client, person)
        key = client.session.session_key

        assert self.change(client, NEW_PASSWORD).status_code == 302

        assert is_in(client)
        assert client.session.session_key != key
        assert not is_in(other)
        assert User.objects.get(pk=person.pk).check_password(NEW_PASSWORD)
        assert [row.session_key for row in UserSession.objects.all()] == [
            client.session.session_key
        ]
        assert Event.objects.get(verb=Verb.USER_PASSWORD_CHANGED).data == {"sessions_ended": 1}

    def test_refuses_a_weak_one_and_two_that_differ(self, client, person):
        come_in(client, person)

        weak = self.change(client, "password1234")
        differ = self.change(client, NEW_PASSWORD, "something quite different")

        assert weak.status_code == differ.status_code == 422
        assert "differ" in differ.content.decode()
        assert User.objects.get(pk=person.pk).check_password(PASSWORD)

    def test_never_gives_back_what_was_typed(self, client, person):
        come_in(client, person)

        page = self.change(client, NEW_PASSWORD, "something quite different").content.decode()

        assert NEW_PASSWORD not in page


class TestSigningOut:
    def test_ends_the_session_and_clears_the_browser(self, client, person):
        come_in(client, person)
        key = client.session.session_key

        answer = client.post("/sign-out/")

        assert answer["clear-site-data"] == '"cache", "storage"'
        assert not Session.objects.filter(session_key=key).exists()
        assert not UserSession.objects.exists()
        assert Event.objects.filter(verb=Verb.USER_SIGNED_OUT).count() == 1

    def test_is_no_link(self, client, person):
        come_in(client, person)

        assert client.get("/sign-out/").status_code == 405
        assert is_in(client)


def test_the_sweep_forgets_what_has_run_out_and_nothing_else(client, person):
    come_in(client, person)
    with_app(person)
    late = timezone.now() + timedelta(hours=37)

    sweep_the_door()
    assert UserSession.objects.count() == 1
    with time_machine.travel(late):
        sweep_the_door()

    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
