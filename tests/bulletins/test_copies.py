"""Numbered copies: each reader's own, and whose a page is that turned up somewhere."""

import io

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction

from audit.choices import Verb
from audit.models import Event
from bulletins import tasks
from bulletins.actions.copies import hand_out_copy
from bulletins.models import Copy, Document
from bulletins.rendering import sandbox
from bulletins.rendering.copies import codes, stamping, tracing
from bulletins.rendering.copies.places import page_text
from bulletins.rendering.pages import html_of
from tests.bulletins.documents import long_document
from tests.bulletins.factories import rendering_of
from tests.bulletins.pages import recipient, url
from tests.factories import NOON, UserFactory

KEY = codes.key_of("a secret of this test", 1)
NUMBERS = tuple(range(1, 2001))


def stamp(number):
    return stamping.Stamp(number, f"Copy {number} · A Person · انسپکٹر", f"copy {number}", KEY)


@pytest.fixture(scope="module")
def masters():
    """A document in English and one in Urdu, as the worker makes them."""
    return {each: sandbox.render(html_of(long_document(each))).pdf for each in ("en", "ur")}


def one_page(pdf, number, *, stripped=False):
    """A single page of a PDF; without its foot and what names it, if wished."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        single = pikepdf.new()
        single.pages.append(opened.pages[number])
        if stripped:
            del single.pages[0].obj["/Resources"]["/XObject"]
        kept = io.BytesIO()
        single.save(kept)
    return kept.getvalue()


class TestAStampedCopy:
    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_says_whose_it_is_and_is_otherwise_what_the_document_was(self, masters, language):
        master = masters[language]

        copy = stamping.stamped(master, stamp(7))

        assert copy == stamping.stamped(master, stamp(7))
        with pikepdf.open(io.BytesIO(master)) as one, pikepdf.open(io.BytesIO(copy)) as two:
            assert two.docinfo["/Copy"] == "copy 7"
            assert two.Root.MarkInfo.Marked
            assert two.Root.Lang == one.Root.Lang
            assert len(two.Root.StructTreeRoot.K) == len(one.Root.StructTreeRoot.K)
            with one.open_outline() as had, two.open_outline() as has:
                assert [each.title for each in has.root] == [each.title for each in had.root]
        before = pypdfium2.PdfDocument(master)[0].get_textpage().get_text_range().split()
        after = pypdfium2.PdfDocument(copy)[0].get_textpage().get_text_range().split()
        # A reader of PDFs may take two Urdu words for one where a gap is narrower.
        assert sum(word not in after for word in before) <= len(before) // 20
        assert "Copy 7" in " ".join(after)

    def test_moves_no_word_further_than_a_quarter_of_a_point(self, masters):
        with pikepdf.open(io.BytesIO(masters["en"])) as pdf:
            places = [len(page_text(page).places) for page in pdf.pages]

        assert max(places) > 100
        assert max(map(abs, codes.shifts(KEY, 7, 0, max(places)))) <= max(codes.AMOUNTS)

    def test_bears_no_signature_that_would_read_as_broken(self, masters):
        with pikepdf.open(io.BytesIO(masters["en"])) as pdf:
            pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=[])
            signed = io.BytesIO()
            pdf.save(signed)

        copy = stamping.stamped(signed.getvalue(), stamp(7))

        with pikepdf.open(io.BytesIO(copy)) as pdf:
            assert "/AcroForm" not in pdf.Root


class TestAPageThatTurnedUp:
    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_names_its_copy_without_foot_and_metadata(self, masters, language):
        issue = tracing.Issue(masters[language], NUMBERS)
        page = one_page(stamping.stamped(masters[language], stamp(1234)), 2, stripped=True)

        trace = tracing.trace(page, KEY, [issue])

        assert (trace.outcome, trace.numbers, trace.page) == ("named", (1234,), 3)
        assert trace.chance < 1e-12

    def test_names_its_copy_from_a_skewed_scan_on_its_head(self, masters):
        copy = stamping.stamped(masters["en"], stamp(77))
        scan = pypdfium2.PdfDocument(copy)[2].render(scale=200 / 72).to_pil().convert("L")
        kept = io.BytesIO()
        scan.rotate(180.7, fillcolor=255).save(kept, "JPEG", quality=60)

        trace = tracing.compared(kept.getvalue(), KEY, [tracing.Issue(masters["en"], NUMBERS)])

        assert (trace.outcome, trace.numbers, trace.of_picture) == ("named", (77,), True)

    @pytest.mark.parametrize(
        ("what", "outcome"),
        [
            ("the document before it was stamped", "unstamped"),
            ("a copy that was never handed out", "uncertain"),
            ("another document", "other"),
            ("no PDF at all", "unreadable"),
        ],
    )
    def test_is_nobodys_where_it_is_nobodys(self, masters, what, outcome):
        upload = {
            "the document before it was stamped": lambda: one_page(masters["en"], 2),
            "a copy that was never handed out": lambda: one_page(
                stamping.stamped(masters["en"], stamp(9999)), 2
            ),
            "another document": lambda: one_page(stamping.stamped(masters["ur"], stamp(5)), 2),
            "no PDF at all": lambda: b"%PDF-1.7 this is a letter",
        }[what]()

        trace = tracing.compared(upload, KEY, [tracing.Issue(masters["en"], NUMBERS)])

        assert (trace.outcome, trace.numbers) == (outcome, ())
        assert tracing.sentence(trace.outcome)

    def test_of_chance_names_nobody(self):
        for page in range(40):
            read = codes.shifts(b"another bulletin", 1, page, 200)

            assert codes.named(KEY, page, read, NUMBERS, len(NUMBERS)) is None


@pytest.mark.usefixtures("rung", "media")
class TestTheCopyOfAReader:
    def made(self, story):
        bulletin = story.released(title="Cordons", actions="Walk the route before the day")
        tasks.render(rendering_id=rendering_of(bulletin).pk)
        return bulletin

    def test_is_numbered_once_and_the_same_when_asked_for_again(self, client, story):
        bulletin = self.made(story)

        first = recipient(client, story).get(url("bulletin_pdf", bulletin.pk))
        one = b"".join(first.streaming_content)
        two = b"".join(client.get(url("bulletin_pdf", bulletin.pk)).streaming_content)
        client.force_login(story.editor)
        b"".join(client.get(url("bulletin_pdf", bulletin.pk)).streaming_content)

        assert set(first["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert one == two
        copies = list(Copy.objects.order_by("number"))
        assert [(each.number, each.person) for each in copies] == [
            (1, story.commander),
            (2, story.editor),
        ]
        assert copies[0].release_id is not None
        assert copies[1].release_id is None
        assert story.commander.name in copies[0].line
        assert Event.objects.filter(verb=Verb.COPY_MADE).count() == 2

    def test_is_traced_by_who_sends_the_bulletin_and_by_nobody_else(self, client, story, outsider):
        bulletin = self.made(story)
        copy = recipient(client, story).get(url("bulletin_pdf", bulletin.pk))
        page = b"".join(copy.streaming_content)
        refused = client.get(url("copy_trace", bulletin.pk))
        client.force_login(outsider)
        unseen = client.get(url("copy_trace", bulletin.pk))
        client.force_login(story.editor)

        answer = client.post(
            url("copy_trace", bulletin.pk), {"file": SimpleUploadedFile("a.pdf", page)}
        )
        empty = client.post(url("copy_trace", bulletin.pk))

        assert (refused.status_code, unseen.status_code) == (404, 404)
        assert story.commander.name in answer.text
        assert "Copy 1" in answer.text
        assert empty.status_code == 422
        event = Event.objects.get(verb=Verb.COPY_TRACED)
        assert (event.actor_id, event.data["copies"]) == (story.editor.pk, [1])

    def test_is_not_to_be_had_in_another_name_or_changed(self, story):
        bulletin = self.made(story)
        document = Document.objects.get()
        copy = hand_out_copy(
            bulletin_id=bulletin.pk, document_id=document.pk, by=story.commander, at=NOON
        )

        assert set(Copy.objects.visible_to(story.editor)) == {copy}
        assert not Copy.objects.visible_to(UserFactory.create(release_officer=True)).exists()
        with pytest.raises(Error), transaction.atomic():
            Copy.objects.update(number=5)
