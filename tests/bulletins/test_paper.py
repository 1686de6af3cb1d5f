"""The file itself: its record, both standards, its signature, and the page that verifies."""

import io
import re
from hashlib import sha256

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from agencies.choices import TryKind
from agencies.signing.throttle import FREE
from bulletins import tasks
from bulletins.actions.releases import recall_release, release_to_agency
from bulletins.inputs import Seal
from bulletins.rendering import certificates, signing
from bulletins.rendering.finishing import finish
from bulletins.rendering.records import Kept
from bulletins.rendering.verifying import examine
from stack.signing import signing_files
from tests.bulletins.factories import asked, rendering_of
from tests.bulletins.pages import url
from tests.factories import NOON

KEPT = Kept("LB-2026-0001", "2026-11-22", b'{"number":"LB-2026-0001","title":"x"}')
VERIFY = reverse("verify:verify")


@pytest.fixture(scope="session")
def key(tmp_path_factory):
    """A small key, made once: what it signs is checked the same way."""
    return signing_files(tmp_path_factory.mktemp("key"), bits=2048)


@pytest.fixture
def signs(settings, key):
    """A deployment that signs."""
    settings.BULLETIN_SIGNING_FILE = str(key.key)
    settings.BULLETIN_SIGNING_PASSPHRASE = key.passphrase.read_text()
    settings.BULLETIN_CERTIFICATES = str(key.certificates)
    return key


@pytest.fixture
def issued(story, rung, media, signs):
    """An issued bulletin and its stored file."""
    bulletin = story.issued()
    rendering = rendering_of(bulletin)
    tasks.render(rendering_id=rendering.pk)
    rendering.refresh_from_db()
    with default_storage.open(rendering.document.path) as file:
        return bulletin, file.read()


def sent(client, pdf):
    answer = client.post(VERIFY, {"file": SimpleUploadedFile("a.pdf", pdf)})
    return answer.content.decode()


def typed(client, number, digits):
    return client.get(reverse("verify:verify_code", args=[number, digits])).content.decode()


def without_form(page):
    """What the page says, without what was typed and the token of the form."""
    return re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL)


class TestTheFile:
    def test_carries_its_record_and_keeps_both_standards(self, issued):
        bulletin, made = issued

        with pikepdf.open(io.BytesIO(made)) as pdf:
            spec = pdf.Root.AF[0]
            xmp = pdf.Root.Metadata.read_bytes().decode()
            notes = [note for page in pdf.pages for note in page.obj.get("/Annots", ())]
            fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
            assert sha256(spec.EF.F.read_bytes()).hexdigest() == bulletin.sha256
            assert (str(spec.AFRelationship), str(spec.UF)) == (
                "/Data",
                f"{bulletin.reference}.json",
            )
            assert pdf.Root.Names.EmbeddedFiles.Names[1].objgen == spec.objgen
            for said in ("<pdfaid:part>3<", "conformance>U<", "<pdfuaid:part>1<", "pdfaExtension"):
                assert said in xmp
            assert str(pdf.docinfo.Title) in xmp
            assert f">{pdf.docinfo.Producer}<" in xmp
            assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
            assert "/ID" in pdf.trailer
            assert "/Encrypt" not in pdf.trailer
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert notes
            assert all(int(note.F) & 0b100111 == 4 for note in notes)
            for font in fonts:
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/ToUnicode" in font
                assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            seal = next(note for note in notes if note.Subtype == "/Widget")
            assert float(seal.Rect[2]) < 0  # outside the page: it needs no tag

    def test_is_the_same_to_the_byte_for_the_same_record(self, issued):
        _bulletin, made = issued

        assert finish(made, KEPT) == finish(made, KEPT)

    def test_is_certified_and_one_changed_byte_shows(self, issued, signs):
        """pyHanko, which made the signature, and our own reading of it say the same."""
        _bulletin, made = issued
        context = ValidationContext(trust_roots=[load_cert_from_pemder(str(signs.certificates))])
        trusted = certificates.signers()

        status = validate_pdf_signature(
            PdfFileReader(io.BytesIO(made)).embedded_signatures[0], context
        )

        assert status.bottom_line
        assert status.docmdp_ok
        assert examine(made, trusted).seal == Seal.WHOLE
        for at in (1200, len(made) // 2, len(made) - 3):
            changed = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
            assert examine(changed, trusted).seal != Seal.WHOLE
        assert examine(made + b"\n", trusted).seal == Seal.BROKEN
        assert examine(made, ()).seal == Seal.UNASKED

    def test_leaves_unsigned_where_there_is_no_key(self, settings):
        settings.BULLETIN_SIGNING_FILE = ""

        assert signing.signed(b"as it was") == b"as it was"
        assert signing.fingerprint() == ""

    def test_is_signed_by_a_key_that_its_owner_alone_reads(self, key, signs):
        before = key.key.read_bytes()

        again = signing_files(key.key.parent)

        assert again.key.read_bytes() == before
        assert {path.stat().st_mode & 0o777 for path in (key.key, key.passphrase)} == {0o600}
        assert signing.fingerprint()


@pytest.mark.parametrize("junk", [b"", b"no pdf", b"%PDF-1.7\n" + b"[" * 90_000])
def test_examines_what_is_no_pdf_without_harm(junk):
    assert examine(junk, ()).seal == Seal.NONE


class TestVerify:
    def test_knows_a_file_and_a_code_and_tells_a_stranger_nothing_more(self, client, issued):
        bulletin, made = issued

        by_file = without_form(sent(client, made))
        by_code = without_form(typed(client, bulletin.reference, bulletin.sha256[:16]))

        for page in (by_file, by_code):
            assert "Genuine, and current." in page
            assert bulletin.title not in page
            assert bulletin.get_absolute_url() not in page

    def test_knows_the_numbered_copy_of_a_reader_by_its_own_seal(self, client, story, issued):
        bulletin, made = issued
        client.force_login(story.editor)

        copy = b"".join(client.get(url("bulletin_pdf", bulletin.pk)).streaming_content)

        assert copy != made
        assert "Genuine, and current." in sent(client, copy)
        assert "Altered:" in sent(client, copy + b"%")

    def test_says_that_nothing_is_sealed_where_nothing_is(self, client, issued, settings):
        settings.BULLETIN_CERTIFICATES = ""
        _bulletin, made = issued

        assert "whether the file is cannot be told" in without_form(sent(client, made + b"%"))

    def test_answers_absent_and_wrong_alike(self, client, story, issued):
        bulletin, _made = issued
        draft = story.composed()

        pages = {
            without_form(typed(client, number, digits))
            for number, digits in (
                (bulletin.reference, "0" * 16),
                (bulletin.reference, bulletin.sha256[:15]),
                (draft.reference, "0" * 16),
                ("LB-1999-0001", bulletin.sha256[:16]),
                (bulletin.reference, "%" * 16),
            )
        }

        assert len(pages) == 1
        assert "Not known here." in pages.pop()

    def test_finds_what_was_altered_and_what_is_a_strangers(self, client, issued):
        _bulletin, made = issued
        with pikepdf.open(io.BytesIO(made)) as pdf:
            pdf.docinfo["/Title"] = pikepdf.String("Stand down")
            rewritten = io.BytesIO()
            pdf.save(rewritten)

        assert "Altered:" in sent(client, made + b"%")
        assert "Altered:" in sent(client, rewritten.getvalue())
        assert "Not known here." in sent(client, b"%PDF-1.4 nothing")

    def test_says_withdrawn_once_all_were_recalled(self, client, story, issued):
        bulletin, made = issued
        release_to_agency(
            bulletin_id=bulletin.pk,
            agency_id=story.commander.agency_id,
            asked=asked(),
            by=story.editor,
            at=NOON,
        )
        assert "Genuine, and current." in sent(client, made)

        recall_release(
            release_id=bulletin.releases.get().pk, reason="Wrong gate", by=story.editor, at=NOON
        )

        assert "withdrawn" in without_form(sent(client, made))

    def test_leads_on_whoever_may_open_the_record(self, client, story, issued):
        bulletin, made = issued
        client.force_login(story.editor)

        assert bulletin.get_absolute_url() in sent(client, made)

    def test_refuses_what_is_too_large_or_half_typed_beside_the_field(self, client, settings, db):
        settings.UPLOADS_READ_AND_DROPPED = {VERIFY: 1 << 20}

        large = client.post(VERIFY, {"file": SimpleUploadedFile("a.pdf", b"x" * (2 << 20))})
        half = client.post(VERIFY, {"number": "LB-2026-0001", "digits": "12 zz"})

        assert (large.status_code, half.status_code) == (422, 422)
        assert "larger than 1 MB" in large.content.decode()
        assert "at least the first 16 digits" in half.content.decode()
        assert 'value="LB-2026-0001"' in half.content.decode()

    def test_holds_back_whoever_guesses(self, client, db):
        answers = [
            client.get(reverse("verify:verify_code", args=["LB-2026-0001", f"{n:016x}"]))
            for n in range(FREE[TryKind.ADDRESS] + 2)
        ]

        assert answers[0].status_code == 200
        assert answers[-1].status_code == 429

    def test_gives_out_the_certificate_and_nothing_where_nothing_is_signed(
        self, client, db, signs, settings
    ):
        address = reverse("verify:certificate")

        given = client.get(address)
        settings.BULLETIN_CERTIFICATES = ""

        assert b"BEGIN CERTIFICATE" in given.content
        assert b"PRIVATE" not in given.content
        assert client.get(address).status_code == 404
