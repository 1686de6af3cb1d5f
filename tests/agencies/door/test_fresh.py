"""Grave acts ask again; and what was typed survives, for the very person who typed it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from agencies.models import KeptForm
from audit.choices import Verb
from audit.models import Event
from bulletins import tasks
from bulletins.models import Bulletin
from tests.agencies.door.people import AGAIN, SIGN_IN, code_of, come_in, is_in, with_app, wrong_code
from tests.bulletins.factories import Story
from tests.factories import PASSWORD, UserFactory
from tests.signed_in import age

STALE = 6 * 60
KEPT = "/sign-in/kept/"
TEXT = "Rear wall unwatched for <two> hours & more"


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(tasks.render, "delay", lambda **_ids: None)
    return Story()


@pytest.fixture
def officer(story):
    return story.editor


@pytest.fixture
def draft(story):
    return story.composed()


def asks_again(answer):
    return answer.status_code == 302 and answer["location"].startswith(AGAIN)


class TestFresh:
    @pytest.mark.parametrize(
        "path",
        [
            "/bulletins/1/issue/",
            "/bulletins/1/release/",
            "/bulletins/releases/1/recall/",
            "/bulletins/briefs/of-incident/1/",
            "/reviews/1/publish/",
            "/audit/export.csv",
            "/audit/export.jsonl",
            "/incidents/export/csv/",
            "/incidents/export/geojson/",
            "/incidents/export/stix/",
            "/incidents/export/xlsx/",
            "/incidents/imports/1/refusals/",
            "/account/password/",
            "/account/app/",
            "/account/key/",
            "/account/factors/1/remove/",
        ],
    )
    def test_asks_before_each_grave_act(self, client, officer, path):
        client.force_login(officer)
        age(client, proved=STALE)

        assert asks_again(client.get(path))
        assert asks_again(client.post(path, {"reason": "x"}))

    def test_does_not_ask_while_the_proof_is_young(self, client, officer, draft):
        client.force_login(officer)
        age(client, proved=4 * 60)

        assert client.get(f"/bulletins/{draft.pk}/issue/").status_code == 200

    def test_says_nothing_of_what_is_there(self, client, officer, draft):
        client.force_login(UserFactory.create(release_officer=True))
        age(client, proved=STALE)

        there = client.get(f"/bulletins/{draft.pk}/issue/")
        absent = client.get("/bulletins/999999/issue/")

        assert asks_again(there)
        assert asks_again(absent)

    def test_goes_on_to_the_page_that_was_asked_for(self, client, officer, draft):
        client.force_login(officer)
        age(client, proved=STALE)
        path = f"/bulletins/{draft.pk}/issue/"
        asked = client.get(path)["location"]
        assert client.get(asked).context["next"] == path

        answer = client.post(asked, {"password": PASSWORD, "next": path})

        assert answer["location"] == path
        assert client.get(path).status_code == 200
        assert Event.objects.filter(verb=Verb.USER_PROVED_AGAIN).count() == 1

    def test_takes_a_code_once(self, client, officer):
        secret, _codes = with_app(officer)
        client.force_login(officer)
        code = code_of(secret)

        assert client.post(AGAIN, {"code": code})["location"] == "/"
        assert client.post(AGAIN, {"code": code}).status_code == 422

    def test_refuses_what_proves_nothing_and_records_it(self, client, officer):
        secret, _codes = with_app(officer)
        client.force_login(officer)
        age(client, proved=STALE)

        for typed in ({}, {"password": "wrong"}, {"code": wrong_code(secret)}):
            assert client.post(AGAIN, typed).status_code == 422

        assert asks_again(client.get("/account/password/"))
        assert Event.objects.filter(verb=Verb.USER_PROOF_FAILED).count() == 3

    def test_is_held_back_after_five_tries(self, client, officer):
        client.force_login(officer)
        tries = [client.post(AGAIN, {"password": "wrong"}).status_code for _try in range(6)]

        assert tries == [422] * 5 + [429]
        assert client.post(AGAIN, {"password": PASSWORD}).status_code == 429

    @pytest.mark.parametrize(
        "target", ["https://evil.example", "//evil.example", "/\\evil.example"]
    )
    def test_leads_nowhere_else(self, client, officer, target):
        client.force_login(officer)

        assert client.post(AGAIN, {"password": PASSWORD, "next": target})["location"] == "/"

    def test_a_clock_set_back_makes_no_proof_young(self, client, officer):
        client.force_login(officer)
        age(client, proved=-3600)

        assert asks_again(client.get("/account/password/"))

    def test_the_deed_is_done_only_after_it(self, client, officer, draft):
        client.force_login(officer)
        age(client, proved=STALE)
        path = f"/bulletins/{draft.pk}/issue/"

        client.post(path)
        assert Bulletin.objects.get(pk=draft.pk).state == "DRAFT"
        client.post(AGAIN, {"password": PASSWORD, "next": KEPT})
        page = client.get(KEPT)

        assert page.context["typed"].path == path
        assert Bulletin.objects.get(pk=draft.pk).state == "DRAFT"
        send_again(client, page)
        assert Bulletin.objects.get(pk=draft.pk).state == "ISSUED"
        assert not KeptForm.objects.exists()

    def test_a_changed_marking_is_grave_and_a_changed_word_is_not(self, client, officer, draft):
        client.force_login(officer)
        age(client, proved=STALE)
        path = f"/bulletins/{draft.pk}/edit/"
        stands = {
            "tlp": draft.tlp,
            "classification": draft.classification,
            "caveats": draft.caveats,
        }

        assert not asks_again(client.post(path, {**stands, "title": "another"}))
        assert asks_again(client.post(path, {**stands, "tlp": "GREEN"}))
        assert asks_again(client.post(path, {**stands, "caveats": ["EYES", "LIMDIS"]}))


def send_again(client, page):
    """Press the button of the page that gives a form back."""
    typed = page.context["typed"]
    data: dict[str, list[str]] = {}
    for name, value in typed.fields:
        data.setdefault(name, []).append(value)
    return client.post(typed.path, data)


class TestExpiredSession:
    @pytest.fixture
    def writer(self, db):
        return UserFactory.create(release_officer=True)

    def late(self, client, person, fields, path="/bulletins/new/", **more):
        client.force_login(person)
        age(client, seen=3 * 60 * 60)
        return client.post(path, fields, **more)

    def test_what_was_typed_comes_back_after_the_sign_in(self, client, writer):
        secret, _codes = with_app(writer)
        answer = self.late(client, writer, {"title": TEXT, "lessons": ["3", "4"]})
        assert answer["location"] == f"{SIGN_IN}?next=%2Fbulletins%2Fnew%2F&late=1"
        assert "kept for you" in client.get(answer["location"]).content.decode()

        answer = come_in(client, writer, secret, next="/bulletins/new/")

        assert answer["location"] == KEPT
        page = client.get(KEPT)
        assert "Rear wall unwatched for &lt;two&gt; hours &amp; more" in page.content.decode()
        form = send_again(client, page)
        assert form.status_code == 422
        assert form.context["form"].data["title"] == TEXT
        assert form.context["form"].data.getlist("lessons") == ["3", "4"]

    def test_it_is_given_to_nobody_else(self, client, writer):
        self.late(client, writer, {"title": TEXT})
        other = UserFactory.create()

        answer = come_in(client, other)

        assert answer["location"] == "/"
        assert client.get(KEPT)["location"] == "/"
        assert KeptForm.objects.get().person == writer

    def test_it_cannot_be_fetched_from_another_browser(self, client, writer):
        secret, _codes = with_app(writer)
        self.late(client, writer, {"title": TEXT})
        other = Client()

        come_in(other, writer, secret)

        assert other.get(KEPT)["location"] == "/"

    def test_it_lies_sealed(self, client, writer):
        self.late(client, writer, {"title": TEXT})

        stored = bytes(KeptForm.objects.get().sealed)

        assert b"Rear wall" not in stored
        assert b"bulletins" not in stored

    def test_it_is_forgotten_after_an_hour(self, client, writer):
        secret, _codes = with_app(writer)
        self.late(client, writer, {"title": TEXT})

        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            assert come_in(client, writer, secret)["location"] == "/"

    @pytest.mark.parametrize("name", ["password", "old_password", "code", "credential"])
    def test_secrets_are_never_kept(self, client, writer, name):
        self.late(client, writer, {name: "a secret", "title": TEXT})

        assert not KeptForm.objects.exists()

    def test_more_than_a_megabyte_is_not_kept(self, client, writer):
        self.late(client, writer, {"title": "x" * 1_000_001})

        assert not KeptForm.objects.exists()

    def test_files_are_not_kept_and_the_words_are(self, client, writer, tmp_path):
        file = tmp_path / "photo.txt"
        file.write_text("secret picture")
        with file.open("rb") as picture:
            self.late(client, writer, {"title": TEXT, "photo": picture})

        assert KeptForm.objects.count() == 1

    def test_a_form_without_its_token_is_not_kept(self, writer):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(writer)
        age(strict, seen=3 * 60 * 60)

        assert strict.post("/bulletins/new/", {"title": "planted"}).status_code == 403
        assert not KeptForm.objects.exists()

    def test_the_address_of_a_page_never_leads_elsewhere(self, client, writer):
        self.late(
            client,
            writer,
            {"title": TEXT},
            headers={"hx-request": "true", "hx-current-url": "http://testserver//evil.example/x"},
        )

        assert client.session["kept"]["path"] == "/%2Fevil.example/x"

    def test_a_person_has_five_waiting_at_most(self, writer):
        for _round in range(7):
            self.late(Client(), writer, {"title": TEXT})

        assert KeptForm.objects.count() == 5

    def test_it_can_be_thrown_away(self, client, writer):
        secret, _codes = with_app(writer)
        self.late(client, writer, {"title": TEXT})
        come_in(client, writer, secret)

        client.post(KEPT)

        assert not KeptForm.objects.exists()
        assert client.get(KEPT)["location"] == "/"

    def test_htmx_is_sent_to_the_whole_page(self, client, writer):
        answer = self.late(
            client,
            writer,
            {"title": TEXT},
            headers={
                "hx-request": "true",
                "hx-current-url": "http://testserver/reviews/7/sections/B/?x=1",
            },
        )

        assert answer["hx-redirect"].startswith(f"{SIGN_IN}?next=%2Freviews%2F7%2Fsections%2FB")
        assert client.session["kept"]["path"] == "/reviews/7/sections/B/"

    def test_the_page_named_by_another_house_is_not_believed(self, client, writer):
        answer = self.late(
            client,
            writer,
            {"title": TEXT},
            headers={"hx-request": "true", "hx-current-url": "https://evil.example/x"},
        )

        assert "evil" not in answer["hx-redirect"]

    def test_a_closed_account_gets_nothing_back(self, client, writer):
        self.late(client, writer, {"title": TEXT})
        writer.is_active = False
        writer.save(update_fields=["is_active"])

        come_in(client, writer)

        assert not is_in(client)


class TestASessionThatWasEndedElsewhere:
    def test_sends_htmx_to_the_whole_page(self, client, officer):
        client.force_login(officer)
        client.session.flush()

        answer = client.post(
            "/bulletins/new/",
            {},
            headers={"hx-request": "true", "hx-current-url": "http://testserver/bulletins/new/"},
        )

        assert answer["hx-redirect"] == f"{SIGN_IN}?next=%2Fbulletins%2Fnew%2F&late=1"

    def test_promises_nothing_that_was_not_kept(self, client, db):
        page = client.get(f"{SIGN_IN}?late=1").content.decode()

        assert "Your session had ended" in page
        assert "kept for you" not in page
