"""Flash bulletins, drill cards and action notices: written, marked, frozen, printed, previewed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from agencies.choices import TLP, Caveat
from bulletins.actions import bulletins as actions
from bulletins.actions.consents import OriginatorNotAsked
from bulletins.models import Bulletin
from bulletins.rendering import sandbox
from bulletins.rendering.documents_kinds import KINDS
from bulletins.rendering.pages import html_of
from bulletins.rendering.records import from_record, record_hash
from tests.bulletins.factories import Story, evidence, rendering_of, text
from tests.bulletins.pages import typed, url
from tests.factories import NOON, UserFactory

SAYS: dict[str, dict[str, Any]] = {
    "FLASH": {
        "known": "Two men opened fire at the gate.",
        "unknown": "Who they were.\nThe clock time.",
        "next_word": "At 18:00 today.",
    },
    "DRILL": {
        "steps": "Gate: Take cover, shout GATE.\nHall door: Open every door.",
        "closed_when": "Two drills are logged and the second is no slower.",
        "actions": "",
        "act_by": None,
    },
    "NOTICE": {
        "purpose": "ACTION",
        "owner_post": "District police officer",
        "report_by": NOON.date() + timedelta(days=10),
    },
}
SPOKEN = ("known", "unknown", "next_word", "closed_when", "owner_post")
PREFIX = {"FLASH": "FB", "DRILL": "DC", "NOTICE": "AN"}


def spoken(kind):
    """What the kind says, without codes and days."""
    return [value for name, value in SAYS[kind].items() if value and name in SPOKEN]


class Desk(Story):
    """An editor with an incident that reports differ on, besides the lesson."""

    def __init__(self, **marking):
        super().__init__(**marking)
        self.incident = evidence(self.agency, **marking).review.incident

    def writes(self, kind, by=None, incident=None, **changes):
        flash = kind == "FLASH"
        return actions.compose_bulletin(
            kind=kind,
            text=text(**{**SAYS[kind], **changes}),
            lesson_ids=[] if flash else [self.lesson.pk],
            incident_id=(incident or self.incident).pk if flash else None,
            by=by or self.writer,
            at=NOON,
        )

    def issues(self, kind, **changes):
        written = self.writes(kind, **changes)
        return actions.issue_bulletin(bulletin_id=written.pk, by=self.editor, at=NOON)


@pytest.fixture
def desk(db):
    return Desk()


class TestProduct:
    @pytest.mark.parametrize("kind", SAYS)
    def test_is_numbered_frozen_and_printed_by_its_kind(self, desk, rung, kind):
        issued = desk.issues(kind)

        document = from_record(KINDS[kind], issued.content)
        page = html_of(document)
        rendered = sandbox.render(page)
        assert issued.reference == f"{PREFIX[kind]}-2026-0001"
        assert issued.sha256 == record_hash(issued.content)
        assert issued.content["product"] == kind
        assert all(str(value).splitlines()[0][:15] in page for value in spoken(kind))
        assert rendered.pages == 1

    def test_a_flash_goes_before_all_others(self, desk, rung):
        flash, card = desk.issues("FLASH"), desk.issues("DRILL")

        assert rendering_of(flash).priority < rendering_of(card).priority

    @pytest.mark.parametrize(
        ("kind", "missing", "sentence"),
        [
            ("FLASH", {"known": " "}, "what is known"),
            ("FLASH", {"next_word": ""}, "next word"),
            ("DRILL", {"steps": "Gate take cover"}, "post, colon"),
            ("DRILL", {"steps": "Gate: Shout.\n" * 8}, "one to 7 posts"),
            ("NOTICE", {"owner_post": ""}, "accountable post"),
            ("NOTICE", {"purpose": "PRAISE"}, "for action or for information"),
            ("NOTICE", {"known": "Something."}, "no room"),
        ],
    )
    def test_says_what_its_kind_says(self, desk, kind, missing, sentence):
        with pytest.raises(actions.BulletinNotReady, match=sentence):
            desk.writes(kind, **missing)

    def test_the_database_knows_the_kinds_too(self, desk):
        flash = desk.writes("FLASH")

        with pytest.raises(IntegrityError, match="bulletin_is_of_its_kind"):
            Bulletin.objects.filter(pk=flash.pk).update(next_word="")

    def test_the_database_holds_one_side_to_one_language(self, desk):
        flash = desk.writes("FLASH")

        with pytest.raises(IntegrityError, match="one_side_is_in_one_language"):
            Bulletin.objects.filter(pk=flash.pk).update(language="bi")

    def test_a_flash_is_marked_as_its_incident_and_follows_it_up(self, desk):
        with pytest.raises(actions.MarkedTooLow, match=desk.incident.reference):
            desk.writes("FLASH", tlp=TLP.GREEN)
        flash = desk.writes("FLASH")

        desk.incident.tlp = TLP.AMBER_STRICT
        desk.incident.save(update_fields=["tlp"])

        flash.refresh_from_db()
        assert flash.tlp == TLP.AMBER_STRICT
        Bulletin.objects.filter(pk=flash.pk).update(tlp=TLP.GREEN)
        with pytest.raises(IntegrityError, match="marked lower than its incident"):
            connection.check_constraints()

    def test_a_flash_of_what_another_agency_controls_needs_its_word(self, desk):
        theirs = evidence(desk.commander.agency, tlp=TLP.GREEN).review.incident
        theirs.caveats = [Caveat.ORCON]
        theirs.save(update_fields=["caveats"])

        with pytest.raises(OriginatorNotAsked, match=theirs.reference):
            desk.writes("FLASH", incident=theirs, tlp=TLP.GREEN, caveats=(Caveat.ORCON,))

    def test_a_flash_is_of_an_incident_that_its_writer_may_read(self, desk):
        hidden = evidence(desk.commander.agency, tlp=TLP.AMBER_STRICT).review.incident

        with pytest.raises(actions.BulletinNotReady, match="one incident that you may read"):
            desk.writes("FLASH", incident=hidden)

    @pytest.mark.parametrize("kind", SAYS)
    def test_is_set_in_urdu_on_one_page(self, desk, rung, kind):
        issued = desk.issues(kind, language="ur", title="گیٹ پر فائرنگ: ہال خالی کریں")

        document = from_record(KINDS[kind], issued.content)

        assert sandbox.render(html_of(document)).pages == 1


class TestEditor:
    def test_starts_from_the_incident_and_writes_a_flash(self, client, desk):
        client.force_login(desk.writer)
        address = f"{url('bulletin_compose')}?kind=FLASH&incident={desk.incident.pk}"

        form = client.get(address).context["form"]
        answer = client.post(address, typed(desk, **SAYS["FLASH"]))

        flash = Bulletin.objects.get()
        assert form["bottom_line"].value() == desk.incident.summary
        assert answer.status_code == 302
        assert (flash.kind, flash.incident) == ("FLASH", desk.incident)
        assert b"Who they were." in client.get(flash.get_absolute_url()).content
        assert client.get(url("bulletin_edit", flash.pk)).status_code == 200

    def test_keeps_what_was_typed_when_the_kind_is_not_served(self, client, desk):
        client.force_login(desk.writer)
        data = typed(desk, **{**SAYS["DRILL"], "steps": "Gate take cover", "act_by": ""})

        answer = client.post(f"{url('bulletin_compose')}?kind=DRILL", data)

        assert answer.status_code == 422
        assert b"Gate take cover" in answer.content

    def test_draws_a_half_written_page_and_keeps_nothing(self, client, desk):
        client.force_login(desk.writer)
        address = f"{url('bulletin_preview')}?kind=FLASH&incident={desk.incident.pk}"

        page = client.post(address, {"title": "Shots <b>", "known": "Two men."})
        frame = client.post(address, {"title": "Shots"}, headers={"HX-Request": "true"})

        assert b"Shots &lt;b&gt;" in page.content
        assert b'class="draft"' in page.content
        assert page["Content-Security-Policy"].count("frame-ancestors 'self'") == 1
        assert b'sandbox="allow-same-origin"' in frame.content
        assert b'srcdoc="&lt;!doctype html&gt;' in frame.content
        assert not Bulletin.objects.exists()

    def test_shows_an_outsider_neither_incident_nor_lesson(self, client, desk):
        client.force_login(UserFactory.create(release_officer=True))
        flash = f"{url('bulletin_preview')}?kind=FLASH&incident={desk.incident.pk}"
        card = f"{url('bulletin_preview')}?kind=NOTICE"

        page = client.post(card, typed(desk, **SAYS["NOTICE"]))

        assert client.post(flash, {}).status_code == 404
        assert client.get(flash.replace("preview", "new")).status_code == 404
        assert desk.lesson.reference.encode() not in page.content
