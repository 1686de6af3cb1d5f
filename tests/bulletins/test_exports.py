"""Many documents in one file: asked for, made, cancelled, gone on with, taken, removed."""

import csv
import io
import json
import re
from datetime import timedelta
from tempfile import TemporaryFile
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from agencies.choices import TLP, Role
from audit.choices import Verb
from audit.models import Event
from bulletins import tasks
from bulletins.actions import exports as actions
from bulletins.choices import Ask, ExportFault, ExportState, ExportSubject, RenderingState
from bulletins.exporting import expiring, packing, working
from bulletins.exporting.tasks import make_file, sweep_exports
from bulletins.exporting.verifying import faults_of
from bulletins.inputs import ExportWish
from bulletins.models import Export, Receipt, Rendering
from bulletins.rendering import sandbox
from bulletins.rendering.sandbox import Reason, RenderFailed
from reviews.models import ReviewVersion
from tests.bulletins.factories import evidence
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media", "bells")
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def bells(monkeypatch):
    """The exports that were rung for, instead of a broker."""
    rung = []
    monkeypatch.setattr(make_file, "delay", lambda **ids: rung.append(ids["export_id"]))
    return rung


@pytest.fixture
def drawn(monkeypatch):
    """What was rendered, in turn; each document is its own words."""
    pages = []

    def render(html, **_):
        pages.append(html)
        return sandbox.Rendered(pdf=b"%PDF " + html.encode(), pages=1)

    monkeypatch.setattr(sandbox, "render", render)
    return pages


@pytest.fixture
def incidents(story):
    """Three incidents of the agency, one of them marked higher; newest first."""
    story.editor.clearance = "CONFIDENTIAL"
    story.editor.save(update_fields=["clearance"])
    found = [evidence(story.agency).review.incident for _ in range(2)]
    found.append(evidence(story.agency, classification="CONFIDENTIAL").review.incident)
    return found[::-1]


def asked(by, subject=ExportSubject.INCIDENTS, **more):
    return actions.ask_export(wish=ExportWish(subject, **more), by=by, at=NOON)


def worked(export, turns=1):
    """A worker's turns at it; every wait is over at once."""
    for _ in range(turns):
        working.work_on(export.pk, until=timezone.now() + timedelta(minutes=1))
    export.refresh_from_db()
    return export


def opened(export):
    return ZipFile(default_storage.open(export.path))


def states(export):
    return list(export.items.order_by("position").values_list("state", flat=True))


class TestAsking:
    def test_takes_what_the_list_shows_by_its_filters(self, story, incidents, bells, outsider):
        evidence(outsider.agency)
        high = asked(story.editor, query="classification=CONFIDENTIAL")
        everything = asked(story.editor)

        assert [each.incident for each in high.items.all()] == incidents[:1]
        assert [each.incident for each in everything.items.order_by("position")] == incidents
        assert (high.reference, everything.reference) == ("EX-2026-0001", "EX-2026-0002")
        event = Event.objects.filter(verb=Verb.EXPORT_ASKED).earliest("pk")
        assert event.data["filters"] == "classification=CONFIDENTIAL"
        assert (event.data["documents"], event.target_agency_id) == (1, story.agency.pk)

    def test_takes_reviews_and_issued_bulletins_alike(self, story, incidents):
        issued = story.issued()
        story.composed(title="Still a draft")

        reviews = asked(story.editor, ExportSubject.REVIEWS, query="show=published")
        bulletins = asked(story.editor, ExportSubject.BULLETINS)

        assert {each.review.incident for each in reviews.items.all()} == set(incidents)
        assert [each.bulletin for each in bulletins.items.all()] == [issued]

    def test_says_how_many_are_too_many_and_what_to_do(self, story, incidents, monkeypatch):
        monkeypatch.setattr(actions, "MOST_DOCUMENTS", 2)

        with pytest.raises(actions.ExportRefused, match=r"3 documents match.* holds 2\. Narrow"):
            asked(story.editor)
        with pytest.raises(actions.ExportRefused, match="Take a filter away"):
            asked(story.editor, query="year=1950")

    def test_is_for_editors_and_the_same_form_twice_is_once(self, story, incidents):
        first = asked(story.editor, origin="export:1:a")

        assert asked(story.editor, origin="export:1:a") == first
        asked(story.editor), asked(story.editor)
        with pytest.raises(actions.ExportRefused, match="Wait for one of them"):
            asked(story.editor)
        with pytest.raises(PermissionDenied):
            asked(UserFactory.create(agency=story.agency))


class TestTheFile:
    def test_holds_documents_lists_and_a_signed_manifest(self, story, incidents, drawn, tmp_path):
        export = worked(asked(story.editor))

        with opened(export) as archive:
            names = archive.namelist()
            told = json.loads(archive.read("manifest.json"))
            index = archive.read("index.html").decode()
            rows = list(
                csv.DictReader(io.StringIO(archive.read("documents.csv").decode("utf-8-sig")))
            )
        assert (export.state, states(export)) == (ExportState.DONE, ["DONE"] * 3)
        assert export.classification == told["marking"]["classification"] == "CONFIDENTIAL"
        assert [each["path"] for each in told["documents"]] == names[:3]
        assert re.findall(r'href="(incidents/[^"]+)"', index) == names[:3]
        assert [row["of"] for row in rows] == [each.reference for each in incidents]
        assert "http:" not in index
        assert "https:" not in index
        assert index.count("CONFIDENTIAL") >= 3
        assert Event.objects.get(verb=Verb.EXPORT_MADE).data["documents"] == 3
        assert faults_of(default_storage.open(export.path)) == []

    def test_altered_in_any_part_is_found(self, story, incidents, drawn, tmp_path):
        export = worked(asked(story.editor, query="classification=CONFIDENTIAL"))
        altered = tmp_path / "altered.zip"
        with opened(export) as good, ZipFile(altered, "w") as bad:
            for name in good.namelist():
                bad.writestr(name, good.read(name).replace(b"CONFIDENTIAL", b"UNMARKED"))
            bad.writestr("more.pdf", b"x")

        with pytest.raises(CommandError) as found:
            call_command("verify_export", altered)

        said = str(found.value)
        assert "manifest.json: altered after it was signed" in said
        assert "more.pdf: not listed" in said
        assert "index.html: altered" in said

    def test_is_the_same_to_the_byte_when_it_is_made_again(self, story, incidents, drawn):
        export = worked(asked(story.editor))
        with opened(export) as archive:
            first = archive.read("manifest.json")
        hashes = [export.sha256]

        with TemporaryFile() as file:
            packing._written(file, export, story.editor)
            hashes.append(packing._stored(file)[1])

        assert hashes[0] == hashes[1]
        assert json.loads(first)["number"] == export.reference

    def test_of_a_review_is_its_newest_version_and_in_urdu_reads_from_the_right(
        self, story, incidents, drawn
    ):
        review = incidents[0].reviews.get()
        ReviewVersion.objects.create(
            review=review, number=1, content={}, sha256="0" * 64, frozen_at=NOON,
            frozen_by=review.lead,
        )  # fmt: skip

        export = worked(asked(story.editor, ExportSubject.REVIEWS, language="ur"))

        with opened(export) as archive:
            index = archive.read("index.html").decode()
        assert '<html lang="ur" dir="rtl">' in index
        assert {each.brief.review for each in export.items.all()} >= {review}
        assert all(each.brief.language == "ur" for each in export.items.all())


class TestTheWork:
    def test_lets_others_pass_after_each_document(self, story, incidents, drawn, bells):
        export = asked(story.editor)
        story.issued()

        make_file(export_id=export.pk)

        export.refresh_from_db()
        assert export.state == ExportState.RUNNING
        assert len(drawn) == 1
        assert bells == [export.pk]

    def test_cancelled_stops_at_once_and_going_on_renders_only_what_is_missing(
        self, story, incidents, drawn, monkeypatch
    ):
        export = asked(story.editor)
        monkeypatch.setattr(working, "_others_wait", lambda: True)
        worked(export)
        actions.cancel_export(export_id=export.pk, by=story.editor, at=LATER)
        worked(export, turns=3)
        assert (export.state, len(drawn)) == (ExportState.CANCELLED, 1)

        actions.resume_export(export_id=export.pk, by=story.editor, at=LATER)
        worked(export, turns=4)

        assert export.state == ExportState.DONE
        assert len(drawn) == len(set(drawn)) == 3
        kinds = Event.objects.filter(verb__startswith="export.").order_by("pk")
        assert [each.verb for each in kinds] == [
            *("export.asked", "export.cancelled", "export.resumed", "export.made")
        ]

    def test_goes_on_where_a_worker_died(self, story, incidents, drawn, bells, monkeypatch):
        export = asked(story.editor)
        monkeypatch.setattr(tasks, "work_on_claimed", lambda **_: None)  # it dies at this point
        worked(export)
        assert worked(export).state == ExportState.RUNNING
        monkeypatch.undo()
        monkeypatch.setattr(sandbox, "render", lambda html, **_: sandbox.Rendered(b"%PDF", 1))

        long_ago = timezone.now() - timedelta(minutes=2)
        Rendering.objects.filter(state=RenderingState.RENDERING).update(claimed_at=long_ago)
        Export.objects.update(rung_at=long_ago)
        tasks.sweep_renderings()
        monkeypatch.setattr(make_file, "delay", lambda **ids: bells.append(ids["export_id"]))
        sweep_exports()
        worked(export, turns=4)

        assert bells == [export.pk]
        assert export.state == ExportState.DONE
        assert Rendering.objects.filter(brief__in=export.items.values("brief")).count() == 3

    def test_leaves_out_what_may_not_be_read_any_more_and_does_not_name_it(
        self, story, incidents, drawn, outsider, client
    ):
        theirs = evidence(outsider.agency, tlp=TLP.GREEN).review.incident
        export = asked(story.editor)
        type(theirs).objects.filter(pk=theirs.pk).update(tlp=TLP.AMBER_STRICT)

        worked(export)

        assert sorted(states(export)) == ["DONE", "DONE", "DONE", "LEFT_OUT"]
        client.force_login(story.editor)
        assert theirs.reference not in client.get(export.get_absolute_url()).content.decode()
        with opened(export) as archive:
            assert theirs.reference not in archive.read("index.html").decode()
            assert json.loads(archive.read("manifest.json"))["not_included"] == 1

    def test_says_which_document_failed_and_tries_it_once_more_when_asked(
        self, story, incidents, drawn, monkeypatch
    ):
        export = asked(story.editor, query="classification=CONFIDENTIAL")

        def fail(_html, **_):
            raise RenderFailed(Reason.TIME)

        monkeypatch.setattr(sandbox, "render", fail)
        worked(export, turns=4)
        assert (export.state, export.fault) == (ExportState.FAILED, ExportFault.EMPTY)
        assert states(export) == ["FAILED"]

        monkeypatch.setattr(sandbox, "render", lambda html, **_: sandbox.Rendered(b"%PDF", 1))
        actions.resume_export(export_id=export.pk, by=story.editor, at=LATER)

        assert worked(export).state == ExportState.DONE

    def test_ends_when_whoever_asked_may_export_no_more(self, story, incidents, drawn):
        export = asked(story.editor)
        story.editor.role = Role.INVESTIGATOR
        story.editor.posting.role = Role.INVESTIGATOR
        story.editor.posting.save(update_fields=["role"])

        worked(export)

        assert (export.state, export.fault) == (ExportState.FAILED, ExportFault.RIGHTS)
        assert drawn == []


class TestThePages:
    def test_lead_from_the_list_to_the_file(self, editor, story, incidents, drawn):
        register = editor.get("/incidents/?classification=CONFIDENTIAL").content.decode()
        (way,) = re.findall(r'href="(/bulletins/exports/new/[^"]+)"', register)
        way = way.replace("&amp;", "&")
        assert "classification=CONFIDENTIAL" in way
        assert "<dd>1</dd>" in editor.get(way).content.decode()

        answer = editor.post(way, {"language": "en"})

        export = Export.objects.get()
        assert answer.url == export.get_absolute_url()
        assert 'hx-trigger="every 2s"' in editor.get(answer.url).content.decode()
        worked(export)
        said = editor.get(answer.url, headers={"HX-Request": "true"})
        assert said.headers["HX-Refresh"] == "true"
        file = editor.get(reverse("bulletins:export_file", args=[export.pk]))
        assert "EX-2026-0001-CONFIDENTIAL-TLP-AMBER.zip" in file["Content-Disposition"]
        assert "no-store" in file["Cache-Control"]
        assert faults_of(io.BytesIO(b"".join(file.streaming_content))) == []
        assert Event.objects.filter(verb=Verb.EXPORT_TAKEN).count() == 1
        assert "1 of 1" in editor.get(reverse("bulletins:export_list")).content.decode()

    def test_are_there_for_nobody_else(self, client, story, incidents, outsider):
        export = asked(story.editor)
        for other in (story.writer, outsider):
            client.force_login(other)
            may_export = other == story.writer

            pages = [client.get(export.get_absolute_url()), client.get("/bulletins/exports/")]

            assert pages[0].status_code == 404
            assert pages[1].status_code == (200 if may_export else 403)
            assert export.reference not in pages[1].content.decode()

    def test_of_taking_it_count_a_bulletin_as_opened(self, client, story, drawn):
        bulletin = story.released(ask=Ask.READ)
        officer = UserFactory.create(release_officer=True, agency=story.commander.agency)
        export = worked(asked(officer, ExportSubject.BULLETINS))
        client.force_login(officer)

        client.get(reverse("bulletins:export_file", args=[export.pk]))

        assert Receipt.objects.get(bulletin=bulletin).opened_by == officer

    def test_say_when_the_file_was_removed(self, editor, story, incidents, drawn):
        export = worked(asked(story.editor))
        path = export.path
        Export.objects.update(finished_at=F("finished_at") - timedelta(days=7))

        expiring.remove_old(timezone.now())
        expiring.remove_nameless(timezone.now())

        assert not default_storage.exists(path)
        assert "The file was removed" in editor.get(export.get_absolute_url()).content.decode()
        assert editor.get(reverse("bulletins:export_file", args=[export.pk])).status_code == 404
        assert Event.objects.filter(verb=Verb.EXPORT_EXPIRED).count() == 1
