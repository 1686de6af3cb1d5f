"""The form that needs no network: what comes back is ours, theirs, and filed once."""

import base64
import html
import json
import os
import re
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews import actions, offline, selectors
from reviews.models import OfflineFiling, Review
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import CLOSED_MARKING

UPLOAD = "/reviews/offline/"
HEAD = re.compile(r'<script id="head" type="application/json">(.*?)</script>', re.DOTALL)
ANSWERS = {
    "conditions": "Dusk, rain.",
    "finding_1": "One lane of three was open",
    "kind_1": "failure",
    "phase_1": "BEFORE",
}
MARKED = {"tlp": "AMBER", "classification": "RESTRICTED"}


@pytest.fixture
def incident(lead):
    return IncidentFactory.create(by=lead, title="Explosion at the bazaar")


def blank(client, incident=None):
    """The file as it is fetched."""
    if incident is None:
        return client.get(reverse("reviews:offline_form"))
    return client.get(reverse("reviews:offline_form_of", args=[incident.pk]))


def filled(page, answers=None, **more):
    """What the file saves."""
    head = json.loads(HEAD.search(page.text)[1])
    return json.dumps({**head, "answers": answers or ANSWERS, **more}).encode()


def locked(page, passphrase):
    """The same, locked as the file's own script locks it."""
    head = json.loads(HEAD.search(page.text)[1])
    salt, nonce = os.urandom(16), os.urandom(12)
    key = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=offline.ROUNDS)
    text = AESGCM(key.derive(passphrase.encode())).encrypt(
        nonce, json.dumps(ANSWERS).encode(), head["header"].encode()
    )
    parts = {"salt": salt, "iv": nonce, "text": text}
    sealed = {name: base64.b64encode(each).decode() for name, each in parts.items()}
    return json.dumps({**head, "sealed": {"rounds": offline.ROUNDS, **sealed}}).encode()


def hand_in(client, raw, passphrase=""):
    return client.post(
        UPLOAD, {"file": SimpleUploadedFile("debrief.json", raw), "passphrase": passphrase}
    )


def file_it(client, checked, **more):
    return client.post(UPLOAD, {"ticket": checked.context["ticket"], **ANSWERS, **MARKED, **more})


class TestOfflineForm:
    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_is_one_small_file_whose_signature_covers_all_of_it(
        self, at_desk, lead, incident, language
    ):
        at_desk.cookies["language"] = language
        page = blank(at_desk, incident)
        head = json.loads(HEAD.search(page.text)[1])
        said = json.loads(head["header"])

        assert len(page.content) < 60_000
        assert page["Cache-Control"] == "no-store, private"
        assert "attachment" in page["Content-Disposition"]
        assert not re.search(r"(src|href)=[\"'](?!#)", page.text)
        assert (said["person"], said["post"]) == (lead.pk, lead.post)
        assert lead.name not in page.text
        around = HEAD.sub("", page.text)
        assert said["page"] == sha256(around.encode()).hexdigest()
        assert "Explosion at the bazaar" in html.unescape(page.text)

    @pytest.mark.parametrize("marking", [{"classification": "CONFIDENTIAL"}, {"tlp": "RED"}])
    def test_says_of_a_closed_incident_no_more_than_its_reference(self, client, db, marking):
        lead = UserFactory.create(clearance="CONFIDENTIAL")
        incident = IncidentFactory.create(by=lead, title="Explosion at the bazaar", **marking)
        client.force_login(lead)

        page = blank(client, incident)

        assert incident.reference in page.text
        assert "bazaar" not in page.text
        assert str(incident.on_date) not in HEAD.sub("", page.text).split("<form")[1]

    def test_is_for_who_may_open_a_review_of_what_they_see(self, client, incident, outsider):
        client.force_login(outsider)
        assert blank(client, IncidentFactory.create(tlp="AMBER_STRICT")).status_code == 404
        client.force_login(UserFactory.create(auditor=True))

        assert blank(client).status_code == client.get(UPLOAD).status_code == 403


class TestOfflineUpload:
    def test_opens_the_review_and_files_it_once(self, at_desk, incident, lead):
        raw = filled(blank(at_desk, incident))
        checked = hand_in(at_desk, raw)
        nothing_yet = not Review.objects.exists()

        filed = file_it(at_desk, checked)
        twice = file_it(at_desk, checked)
        again = hand_in(at_desk, raw)

        review = Review.objects.get()
        assert nothing_yet
        assert filed.url == twice.url == again.url == review.get_absolute_url()
        assert (review.tier, review.lead, review.findings.count()) == ("T1", lead, 1)
        assert OfflineFiling.objects.get().filed_by == lead

    def test_a_locked_file_opens_by_its_passphrase_alone(self, at_desk, incident):
        raw = locked(blank(at_desk, incident), "ten letters or more")

        assert "passphrase" in hand_in(at_desk, raw).context["form"].errors
        assert "passphrase" in hand_in(at_desk, raw, "another one").context["form"].errors
        checked = hand_in(at_desk, raw, "ten letters or more")
        assert checked.context["form"]["conditions"].value() == "Dusk, rain."

    def test_never_overwrites_a_draft_that_says_something_else(self, at_desk, incident, lead):
        review = actions.open_review(
            incident_id=incident.pk, by=lead, at=NOON, tier="T1", **CLOSED_MARKING
        )
        actions.add_finding(review_id=review.pk, kind="failure", title="Theirs", by=lead, at=NOON)
        checked = hand_in(at_desk, filled(blank(at_desk, incident)))

        both = file_it(at_desk, checked)

        assert both.status_code == 409
        assert "Theirs" in both.text
        assert "One lane of three was open" in both.text
        assert selectors.debrief_of(review).findings[0].title == "Theirs"

    def test_whose_conflict_was_settled_is_filed_and_not_offered_again(
        self, at_desk, incident, lead
    ):
        review = actions.open_review(
            incident_id=incident.pk, by=lead, at=NOON, tier="T1", **CLOSED_MARKING
        )
        actions.add_finding(review_id=review.pk, kind="failure", title="Theirs", by=lead, at=NOON)
        raw = filled(blank(at_desk, incident))
        both = file_it(at_desk, hand_in(at_desk, raw))
        page = reverse("reviews:debrief_edit", args=[review.pk])
        choice = {"lock_version": both.context["version"], "yours_conditions": "Dusk, rain."}
        choice |= {"ticket": both.context["ticket"]}

        at_desk.post(page, choice | {"ticket": "forged"})
        assert not OfflineFiling.objects.exists()
        for _each in range(2):
            at_desk.post(page, choice)
        again = hand_in(at_desk, raw)

        said = selectors.debrief_of(review)
        assert (said.conditions, said.findings[0].title) == ("Dusk, rain.", "Theirs")
        assert again.url == review.get_absolute_url()
        assert OfflineFiling.objects.get().filed_by == lead

    def test_a_blank_of_no_incident_is_filed_under_the_one_that_is_named(self, at_desk, incident):
        told = ANSWERS | {"reference": "PK-NONE", "what": "A blast", "place": "The bazaar"}
        checked = hand_in(at_desk, filled(blank(at_desk), told))
        assert "reference" in checked.context["incident_form"].errors
        assert "A blast" in checked.text

        filed = file_it(at_desk, checked, reference=incident.reference)

        assert filed.url == Review.objects.get(incident=incident).get_absolute_url()

    def test_refuses_in_words_what_was_altered_and_what_is_not_ours(self, at_desk, incident):
        page = blank(at_desk, incident)
        head = json.loads(HEAD.search(page.text)[1])
        other = json.dumps({**head, "header": head["header"].replace("aar-hot", "AAR-hot")})
        files = {
            "unsigned": json.dumps({"answers": ANSWERS}).encode(),
            "altered": json.dumps({**json.loads(other), "answers": ANSWERS}).encode(),
            "signed by nobody": filled(page, signature="00" * 64),
            "too large": filled(page, {**ANSWERS, "needs": "x" * (offline.MOST_BYTES + 1)}),
            "of another shape": filled(page, {"conditions": ["x"]}),
            "half a character": b'{"header": "\\ud800", "signature": ""}',
            "no file of ours": b"[" * 100_000,
            "empty": b"",
        }

        for name, raw in files.items():
            answer = hand_in(at_desk, raw)
            assert answer.status_code == 422, name
            assert answer.context["form"].errors["file"], name
        assert not Review.objects.exists()

    def test_refuses_a_blank_that_was_issued_to_somebody_else(self, client, incident, lead):
        client.force_login(lead)
        raw = filled(blank(client, incident))
        client.force_login(UserFactory.create())

        answer = hand_in(client, raw)

        assert lead.post in answer.context["form"].errors["file"][0]
        ticketless = client.post(UPLOAD, {"ticket": "forged", **ANSWERS, **MARKED})
        assert ticketless.status_code == 422
        assert not Review.objects.exists()
