"""Evidence over HTTP: its pages, what is handed out and how, and to whom nothing is."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from incidents import actions, tasks
from incidents.choices.files import EvidenceState
from incidents.models import DisplayCopy, Evidence, Incident
from tests.counting import LOCK
from tests.factories import NOON, UserFactory
from tests.incidents.evidence.samples import (
    CAMERA,
    EvidenceFactory,
    archive,
    pdf,
    photograph,
    picture,
)
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"
CLOSED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store, private",
}


def address(name, evidence):
    return reverse(f"incidents:evidence_{name}", args=[evidence.incident_id, evidence.pk])


def sent(content=None, name="gate.jpg", **said):
    return {
        "title": "The gate",
        "kind": "PHOTOGRAPH",
        "tlp": "AMBER",
        "classification": "RESTRICTED",
        "file": SimpleUploadedFile(name, photograph() if content is None else content),
        **said,
    }


@pytest.fixture
def incident():
    return IncidentFactory.create()


@pytest.fixture
def hand_in(client, incident):
    """Send a form as the investigator who recorded the incident."""
    client.force_login(incident.recorded_by)
    path = reverse("incidents:evidence_add", args=[incident.pk])
    return lambda **said: client.post(path, sent(**said))


@pytest.fixture
def shown(client, incident):
    """A photograph on the record with its copy drawn; its own investigator has signed in."""
    evidence = EvidenceFactory.create(incident=incident, content=photograph())
    tasks.draw(evidence_id=evidence.pk)
    client.force_login(incident.recorded_by)
    return evidence


class TestEvidenceAdd:
    def test_puts_a_file_on_the_record(self, client, hand_in, incident, settings):
        answer = hand_in(from_whom="Bomb disposal squad", caption="From the road")

        evidence = Evidence.objects.get()
        assert answer["Location"] == evidence.get_absolute_url()
        assert evidence.caption == "From the road"
        assert list(settings.UPLOAD_DIR.iterdir()) == []
        assert "The gate" in client.get(incident.get_absolute_url()).text

    def test_comes_back_for_the_next_one(self, hand_in):
        answer = hand_in(another="1")

        assert answer["Location"].endswith("/evidence/add/")
        assert Evidence.objects.count() == 1

    def test_keeps_what_was_typed_and_says_which_file_and_why(self, hand_in):
        answer = hand_in(
            content=b"<!doctype html><script>1</script>", name="gate.jpg", caption="From the road"
        )

        assert answer.status_code == 422
        assert "“gate.jpg” is a web page" in answer.text
        assert "From the road" in answer.text
        assert "Choose the file again" in answer.text
        assert not Evidence.objects.exists()
        event = Event.objects.get(verb=Verb.EVIDENCE_TURNED_AWAY)
        assert event.data == {"name": "gate.jpg", "why": "markup"}

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"", "gate.jpg", "“gate.jpg” is empty"),
            (picture() + archive({"x": "x"}), "gate.jpg", "more than one kind of file at once"),
            (b'<svg onload="alert(1)"/>', "gate.svg", "drawing made of code"),
            (pdf(), "gate.jpg", "holds a file of the kind PDF"),
            (b"MZ" + b"\0" * 100, "gate.jpg", "of a kind that is not taken"),
        ],
    )
    def test_refuses_in_a_sentence_beside_the_file(self, hand_in, content, name, words):
        answer = hand_in(content=content, name=name)

        assert answer.status_code == 422
        assert words in answer.text
        assert 'href="#id_file"' in answer.text

    def test_refuses_a_file_that_is_too_large_without_keeping_it(self, hand_in, settings):
        settings.EVIDENCE_MOST_MB = dict.fromkeys(settings.EVIDENCE_MOST_MB, 1)
        settings.UPLOAD_MOST_BYTES = 1 << 20

        answer = hand_in(content=b"x" * (3 << 19), name="long.txt")

        assert answer.status_code == 422
        assert "“long.txt” is too large" in answer.text
        assert not Evidence.objects.exists()

    def test_asks_for_the_file_when_none_is_sent(self, hand_in):
        answer = hand_in(file="")

        assert answer.status_code == 422
        assert "This needs an answer." in answer.text

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("../../../etc/passwd.jpg", "passwd.jpg"),
            ("..\\..\\boot.jpg", "boot.jpg"),
            ('"><img src=x onerror=alert(1)>.jpg', "img src=x onerror=alert(1).jpg"),
            ("photo\u202egpj.jpg", "photogpj.jpg"),
        ],
    )
    def test_shows_a_hostile_name_as_words(self, client, hand_in, name, kept):
        hand_in(name=name)

        evidence = Evidence.objects.get()
        assert evidence.original_name == kept
        assert evidence.path.startswith("originals/")
        assert "<img src=x" not in client.get(evidence.get_absolute_url()).text

    def test_offers_no_marking_below_the_incident_and_takes_none(self, client, hand_in, incident):
        page = client.get(reverse("incidents:evidence_add", args=[incident.pk])).text
        answer = hand_in(tlp="GREEN", classification="UNMARKED")

        assert 'value="GREEN"' not in page
        assert 'value="RED"' not in page
        assert answer.status_code == 422
        assert not Evidence.objects.exists()

    def test_takes_nothing_that_the_form_does_not_ask(self, hand_in):
        hand_in(state="CLEAN", sha256="0" * 64, path="x", agency="1", added_by="1", size="1")

        evidence = Evidence.objects.get()
        assert evidence.sha256 != "0" * 64
        assert evidence.size == len(photograph())

    def test_is_for_investigators_and_unseen_by_outsiders(self, client, incident, outsider):
        path = reverse("incidents:evidence_add", args=[incident.pk])

        client.force_login(UserFactory.create(agency=incident.agency, commander=True))
        by_role = client.post(path, sent())
        client.force_login(outsider)
        by_stranger = client.post(path, sent())

        assert (by_role.status_code, by_stranger.status_code) == (403, 404)
        assert not Evidence.objects.exists()


class TestEvidenceDetail:
    def test_shows_hash_custody_and_copy(self, client, shown):
        page = client.get(shown.get_absolute_url()).text

        assert shown.sha256 in page
        assert address("display", shown) in page
        assert shown.added_by.post in page
        assert "Not searched for viruses" in page

    def test_shows_words_as_words(self, client, incident):
        evidence = EvidenceFactory.create(
            incident=incident, title=MARKUP, caption=MARKUP, from_whom=MARKUP
        )
        client.force_login(incident.recorded_by)

        for path in (evidence.get_absolute_url(), incident.get_absolute_url()):
            assert MARKUP not in client.get(path).text

    def test_carries_the_higher_marking_on_both_pages(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        evidence = EvidenceFactory.create(incident=incident, tlp=TLP.AMBER_STRICT)
        client.force_login(incident.recorded_by)

        for path in (evidence.get_absolute_url(), incident.get_absolute_url()):
            assert client.get(path).context["marking"].tlp == TLP.AMBER_STRICT

        client.force_login(outsider)
        seen = client.get(incident.get_absolute_url())
        assert seen.context["marking"].tlp == TLP.GREEN
        assert evidence.title not in seen.text

    def test_belongs_to_its_incident_only(self, client, shown):
        other = IncidentFactory.create(by=shown.added_by)

        for name in ("detail", "original", "display", "hand_over", "withdraw"):
            path = reverse(f"incidents:evidence_{name}", args=[other.pk, shown.pk])
            assert client.get(path).status_code == 404

    def test_takes_a_fixed_number_of_queries(
        self, client, shown, django_assert_num_queries, django_assert_max_num_queries
    ):
        path = shown.get_absolute_url()
        with django_assert_max_num_queries(12 + LOCK) as few:
            client.get(path)
        for hour in range(1, 5):
            actions.hand_over_evidence(
                evidence_id=shown.pk,
                to_whom=f"Post {hour}",
                why="Trial",
                when=NOON + timedelta(hours=hour),
                by=shown.added_by,
                at=NOON + timedelta(hours=9),
            )

        with django_assert_num_queries(len(few)):
            client.get(path)


class TestEvidenceOriginal:
    def test_is_handed_out_to_be_saved_and_whoever_looked_is_recorded(self, client, shown):
        answer = client.get(address("original", shown), headers={"Accept-Encoding": "gzip"})

        body = b"".join(answer.streaming_content)
        assert body == photograph()
        assert CAMERA.encode() in body
        assert answer["Content-Disposition"] == 'attachment; filename="gate.jpg"'
        assert answer["Content-Length"] == str(len(body))
        assert {name: answer[name] for name in CLOSED} == CLOSED
        event = Event.objects.get(verb=Verb.EVIDENCE_OPENED)
        assert (event.actor_id, event.target_id) == (shown.added_by_id, shown.pk)

    def test_keeps_an_urdu_name(self, client, incident):
        evidence = EvidenceFactory.create(
            incident=incident, content="گواہ".encode(), name="گواہ کا بیان.txt"
        )
        client.force_login(incident.recorded_by)

        answer = client.get(address("original", evidence))

        assert answer["Content-Disposition"] == (
            f"attachment; filename*=utf-8''{quote('گواہ کا بیان.txt')}"
        )
        assert answer["Content-Type"] == "text/plain; charset=utf-8"

    def test_of_an_altered_file_is_a_sentence_and_an_event(self, client, shown, vault_folder):
        stored = vault_folder / shown.path
        stored.unlink()
        stored.write_bytes(picture(colour="red"))

        answer = client.get(address("original", shown), follow=True)

        assert answer.status_code == 200
        assert "not the one that was handed in" in answer.text
        assert Event.objects.filter(verb=Verb.EVIDENCE_ALTERED).count() == 1
        assert not Event.objects.filter(verb=Verb.EVIDENCE_OPENED).exists()

    def test_of_a_held_file_is_a_sentence(self, client, incident, settings):
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
        evidence = EvidenceFactory.create(incident=incident)
        client.force_login(incident.recorded_by)

        answer = client.get(address("original", evidence), follow=True)

        assert "held until it is checked" in answer.text
        assert client.get(address("display", evidence)).status_code == 404
        assert address("original", evidence) not in answer.text

    def test_of_a_refused_file_is_a_sentence_with_the_virus_named(self, client, incident, settings):
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
        evidence = EvidenceFactory.create(incident=incident)
        Evidence.objects.filter(pk=evidence.pk).update(
            state=EvidenceState.REFUSED, refused_because="Eicar-Signature", scanned_at=NOON
        )
        client.force_login(incident.recorded_by)

        answer = client.get(address("original", evidence), follow=True)

        assert "carries a virus" in answer.text
        assert "Eicar-Signature" in answer.text


class TestEvidenceDisplay:
    def test_is_a_picture_without_what_the_camera_wrote(self, client, shown):
        answer = client.get(address("display", shown), headers={"Accept-Encoding": "gzip"})

        body = b"".join(answer.streaming_content)
        assert body.startswith(b"\xff\xd8\xff")
        assert CAMERA.encode() not in body
        assert answer["Content-Type"] == "image/jpeg"
        assert {name: answer[name] for name in CLOSED} == CLOSED

    def test_is_not_there_before_it_is_drawn_or_after_it_was_altered(
        self, client, shown, vault_folder
    ):
        copy = DisplayCopy.objects.get(evidence=shown)
        stored = vault_folder / copy.path
        stored.unlink()
        stored.write_bytes(b"<html>")

        assert client.get(address("display", shown)).status_code == 404

        DisplayCopy.objects.filter(pk=copy.pk).update(state="WAITING", path="", finished_at=None)

        assert client.get(address("display", shown)).status_code == 404


class TestWhoSeesNothing:
    PAGES = ("detail", "original", "display", "hand_over", "withdraw")

    def test_an_outsider(self, client, shown, outsider):
        client.force_login(outsider)

        for name in self.PAGES:
            assert client.get(address(name, shown)).status_code == 404, name
        assert not Event.objects.filter(verb=Verb.EVIDENCE_OPENED).exists()

    @pytest.mark.parametrize("changed", ["incident", "piece", "withdrawn"])
    def test_somebody_who_could_see_it_before(self, client, outsider, changed):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        evidence = EvidenceFactory.create(incident=incident)
        tasks.draw(evidence_id=evidence.pk)
        client.force_login(outsider)
        for name in self.PAGES[:3]:
            assert client.get(address(name, evidence)).status_code == 200, name

        if changed == "incident":
            Incident.objects.filter(pk=incident.pk).update(tlp=TLP.AMBER)
        elif changed == "piece":
            Evidence.objects.filter(pk=evidence.pk).update(tlp=TLP.AMBER)
        else:
            actions.withdraw_evidence(
                evidence_id=evidence.pk, reason="Wrong", by=incident.recorded_by, at=NOON
            )

        for name in self.PAGES:
            assert client.get(address(name, evidence)).status_code == 404, name

    def test_a_stranger(self, client, shown):
        client.logout()

        for name in self.PAGES:
            assert client.get(address(name, shown))["Location"].startswith("/sign-in/")

    def test_nobody_by_an_address_of_the_storage(self, client, shown):
        for path in (f"/media/{shown.path}", f"/evidence/{shown.path}", f"/static/{shown.path}"):
            assert client.get(path).status_code in {302, 404}


class TestHandOverPage:
    def test_records_who_has_it_now(self, client, shown):
        moment = timezone.localtime(timezone.now() - timedelta(minutes=1))
        Evidence.objects.filter(pk=shown.pk)

        answer = client.post(
            address("hand_over", shown),
            {
                "to_whom": "Forensic laboratory",
                "why": "Traces",
                "on_date": f"{moment:%Y-%m-%d}",
                "at_time": f"{moment:%H:%M}",
            },
        )

        assert answer["Location"] == f"{shown.get_absolute_url()}#custody"
        assert "Forensic laboratory" in client.get(shown.get_absolute_url()).text

    def test_refuses_beside_the_field(self, client, shown):
        answer = client.post(
            address("hand_over", shown),
            {"to_whom": "Lab", "why": "x", "on_date": "2999-01-01", "at_time": "10:00"},
        )

        assert answer.status_code == 422
        assert "in the future" in answer.text
        assert shown.custody.count() == 1

    def test_is_not_for_other_agencies(self, client, outsider):
        evidence = EvidenceFactory.create(incident=IncidentFactory.create(tlp=TLP.GREEN))
        client.force_login(outsider)

        assert client.post(address("hand_over", evidence), {}).status_code == 403
        assert client.post(address("withdraw", evidence), {}).status_code == 403
        page = client.get(evidence.get_absolute_url()).text
        assert address("withdraw", evidence) not in page
        assert "Not searched" in page


class TestWithdrawPage:
    def test_takes_it_back_with_a_reason(self, client, shown):
        answer = client.post(address("withdraw", shown), {"reason": "Shows a witness"})

        assert answer["Location"] == shown.get_absolute_url()
        page = client.get(shown.get_absolute_url()).text
        assert "Shows a witness" in page
        assert address("withdraw", shown) not in page

    def test_needs_a_reason(self, client, shown):
        assert client.post(address("withdraw", shown), {"reason": ""}).status_code == 422


class TestApi:
    def test_tells_of_evidence_in_its_incident_and_by_itself(self, client, shown):
        within = client.get(f"/api/incidents/{shown.incident_id}/").json()["evidence"]
        listed = client.get("/api/evidence/").json()["results"]
        alone = client.get(f"/api/evidence/{shown.pk}/").json()

        assert within == listed
        assert within[0]["sha256"] == alone["sha256"] == shown.sha256
        assert [each["kind"] for each in alone["custody"]] == ["RECEIVED"]
        assert not {"path", "copy"} & set(alone)

    def test_tells_nothing_of_what_may_not_be_seen(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        evidence = EvidenceFactory.create(incident=incident, tlp=TLP.AMBER)
        client.force_login(outsider)

        assert client.get(f"/api/incidents/{incident.pk}/").json()["evidence"] == []
        assert client.get("/api/evidence/").json()["results"] == []
        assert client.get(f"/api/evidence/{evidence.pk}/").status_code == 404

    def test_is_read_only(self, client, shown):
        assert client.post("/api/evidence/", {}).status_code == 405
        assert client.delete(f"/api/evidence/{shown.pk}/").status_code == 405


def test_no_page_of_evidence_has_anything_in_line(client, shown):
    for name in ("detail", "hand_over", "withdraw"):
        answer = client.get(address(name, shown))
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*src)|<style|\sstyle=|\son\w+=", answer.text)
