"""What a file is, by what is in it: what is taken, and what is refused with its name."""

import io
import zipfile

import pytest

from incidents.files import archives, names
from incidents.files.inspecting import inspect
from incidents.files.refusals import FileRefused
from tests.incidents.evidence.samples import (
    XLSX_MAIN,
    archive,
    box,
    mp4,
    office,
    outside,
    pdf,
    photograph,
    picture,
    png_of,
    upload,
)

TAKEN = {
    "photo.JPG": (photograph(), "image/jpeg"),
    "plan.png": (picture("PNG"), "image/png"),
    "seen.webp": (picture("WEBP"), "image/webp"),
    "drawn.png": (picture("PNG", mode="P", colour=3), "image/png"),
    "letter.pdf": (pdf(), "application/pdf"),
    "film.mp4": (mp4(), "video/mp4"),
    "statement.docx": (office(), archives.DOCX),
    "list.xlsx": (office(XLSX_MAIN), archives.XLSX),
    "linked.docx": (office(relations=outside("hyperlink")), archives.DOCX),
    "بیان.txt": ("گواہ کا بیان\r\n".encode(), "text/plain"),
    "utf16.txt": ("گواہ".encode("utf-16"), "text/plain"),
    "car.txt": (b"BMW seen at the gate\n", "text/plain"),
    "calls.csv": (b"\xef\xbb\xbftime,who\n16:05,gate\n", "text/csv"),
}
GIF_WITH_SCRIPT = b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//"
SCRIPT = b"<script>fetch('/incidents/')</script>"
ZIP = archive({"x.txt": "x"})
RAR = b"Rar!\x1a\x07\x01\x00" + b"\0" * 40
MACROS = (
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>',
    '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
)
DTD = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;</r>'
REFUSED = {
    # kinds
    "page.html": (b"<!doctype html>" + SCRIPT, "markup"),
    "page.txt": (b"\xef\xbb\xbf  \n<html>" + SCRIPT, "markup"),
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", "markup"),
    "drawing.txt": (b'<?xml version="1.0"?><svg/>', "markup"),
    "anim.gif": (GIF_WITH_SCRIPT, "kind"),
    "script.gif.jpg": (GIF_WITH_SCRIPT, "kind"),
    "tool.exe": (b"MZ" + b"\0" * 200, "kind"),
    "tool.txt": (b"MZ" + b"\0" * 200, "kind"),
    "tool.pdf": (b"MZ" + b"\0" * 200, "kind"),
    "box.zip": (ZIP, "archive"),
    "box.docx": (ZIP, "archive"),
    "box.rar": (RAR, "kind"),
    "apple.heic": (box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta"), "heif"),
    "empty.jpg": (b"", "empty"),
    # names
    "photo.png": (picture("JPEG"), "name"),
    "photo.html": (picture("JPEG"), "name"),
    "photo.jpg.exe": (picture("JPEG"), "name"),
    "photo": (picture("JPEG"), "name"),
    "letter.jpg": (pdf(), "name"),
    "notes.jpg": (b"only words", "name"),
    # more than one kind at once
    "zip-behind.jpg": (picture() + ZIP, "polyglot"),
    "zip-behind.png": (picture("PNG") + ZIP, "polyglot"),
    "zip-behind.webp": (picture("WEBP") + ZIP, "polyglot"),
    "zip-behind.pdf": (pdf() + ZIP, "polyglot"),
    "zip-inside.pdf": (pdf(ZIP) + ZIP[-22:], "polyglot"),
    "rar-behind.jpg": (picture() + RAR, "polyglot"),
    "page-behind.jpg": (picture() + SCRIPT, "polyglot"),
    "page-behind.png": (picture("PNG") + b"<HTML>" + SCRIPT, "polyglot"),
    "pdf-within.jpg": (picture(comment=b"%PDF-1.7 1 0 obj"), "polyglot"),
    "pdf-within.txt": (b"# %PDF-1.7\nwords", "polyglot"),
    "pdf-before-zip.docx": (b"%PDF-1.4\n" + office(), "damaged"),
    "junk-before.docx": (b"PK\x03\x04junk" + office(), "damaged"),
    "junk-behind.docx": (office() + b"<script>", "damaged"),
    "behind.mp4": (mp4() + b"<script>", "damaged"),
    "zip-in-box.mp4": (mp4() + box(b"free", ZIP), "polyglot"),
    # damaged
    "cut.jpg": (picture(size=(200, 200))[:-2], "damaged"),
    "cut.png": (picture("PNG")[:-6], "damaged"),
    "cut.pdf": (b"%PDF-1.7\nnever ends", "damaged"),
    "cut.mp4": (mp4()[:-4], "damaged"),
    "nul.txt": (b"words\n\x00words", "kind"),
    "control.txt": (b"words \x1b[31m", "no_text"),
    "latin.txt": ("Déclaration".encode("latin-1"), "no_text"),
    # bombs
    "points.png": (png_of(60_000, 60_000), "pixels"),
    "points-2.png": (png_of(9_000, 9_000), "pixels"),
    "bomb.docx": (office(parts={"word/media/a.xml": b"\0" * (40 << 20)}), "bomb"),
    "many.docx": (office(parts={f"word/{n}.xml": "" for n in range(2_001)}), "bomb"),
    "entities.docx": (office(parts={"word/_rels/x.rels": DTD}), "damaged"),
    # what runs, what fetches, what hides
    "macro.docx": (office(parts={"word/vbaProject.bin": b"x"}), "live"),
    "macro-type.docx": (office(types=MACROS[0]), "live"),
    "macro-main.docx": (office(types=MACROS[1]), "live"),
    "control.xlsx": (office(XLSX_MAIN, parts={"xl/activeX/activeX1.xml": "x"}), "live"),
    "object.docx": (office(parts={"word/embeddings/oleObject1.bin": b"x"}), "inner_file"),
    "nested.docx": (office(parts={"word/media/inner.zip": ZIP}), "inner_file"),
    "program.docx": (office(parts={"word/media/run.exe": b"MZ"}), "inner_file"),
    "template.docx": (office(relations=outside("attachedTemplate")), "outside"),
    "picture.docx": (office(relations=outside("image")), "outside"),
    "climbing.docx": (office(parts={"../../etc/cron.d/x": "x"}), "damaged"),
    "rooted.docx": (office(parts={"/etc/passwd": "x"}), "damaged"),
}


def refusal(content, name):
    with pytest.raises(FileRefused) as refused:
        inspect(upload(content, name), name)
    return refused.value


class TestInspect:
    @pytest.mark.parametrize("name", TAKEN)
    def test_takes_what_is_on_the_list(self, name):
        content, media_type = TAKEN[name]

        found = inspect(upload(content, name), name)

        assert (found.name, found.media_type, found.size) == (name, media_type, len(content))
        assert found.file.read() == content

    @pytest.mark.parametrize("name", REFUSED)
    def test_refuses_the_rest_and_names_the_file(self, name):
        content, code = REFUSED[name]

        refused = refusal(content, name)

        assert refused.code == code
        assert f"“{name}”" in str(refused)

    def test_refuses_overlapping_parts(self):
        content = bytearray(office(parts={"word/a.xml": b"a" * 90, "word/b.xml": b"b" * 90}))
        first = content.find(b"PK\x01\x02")
        last = content.rfind(b"PK\x01\x02")
        content[last + 42 : last + 46] = content[first + 42 : first + 46]

        assert refusal(bytes(content), "over.docx").code == "bomb"

    def test_refuses_a_locked_document(self):
        content = bytearray(office())
        place = content.rfind(b"PK\x01\x02")
        content[place + 8] |= 1

        assert refusal(bytes(content), "locked.docx").code == "locked"

    def test_refuses_the_same_part_twice(self):
        with pytest.warns(UserWarning, match="Duplicate"):
            content = _with_a_twin()

        assert refusal(content, "twin.docx").code == "damaged"

    def test_takes_a_photograph_with_its_small_second_picture_behind(self):
        assert inspect(upload(photograph() + picture()), "two.jpg").media_type == "image/jpeg"

    @pytest.mark.parametrize(
        ("group", "content", "name"),
        [
            ("IMAGE", picture("PNG", size=(900, 900)) + b"\0" * (1 << 20), "large.png"),
            ("TEXT", b"words\n" * 200_000, "large.txt"),
            ("DOCUMENT", pdf(b"% " + b"x" * (1 << 20)), "large.pdf"),
            ("VIDEO", mp4() + box(b"free", b"\0" * (1 << 20)), "large.mp4"),
        ],
    )
    def test_has_a_limit_for_each_kind(self, settings, group, content, name):
        settings.EVIDENCE_MOST_MB = {**settings.EVIDENCE_MOST_MB, group: 1}

        refused = refusal(content, name)

        assert refused.code == "size"
        assert "1 MB" in str(refused)

    def test_believes_neither_the_name_nor_what_a_comment_says(self):
        """Its comment is never drawn: the original is handed out to be saved, not shown."""
        content = picture(comment=SCRIPT)

        assert inspect(upload(content, "photo.jpg"), "photo.jpg").media_type == "image/jpeg"


def _with_a_twin():
    answer = io.BytesIO(office())
    with zipfile.ZipFile(answer, "a") as opened:
        opened.writestr("word/document.xml", "<another/>")
    return answer.getvalue()


class TestClean:
    @pytest.mark.parametrize(
        ("raw", "kept"),
        [
            ("photo.jpg", "photo.jpg"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\x\\photo.jpg", "photo.jpg"),
            ("/etc/cron.d/job.txt", "job.txt"),
            ("a\x00b\r\nSet-Cookie: x.jpg", "abSet-Cookie x.jpg"),
            ("photo\u202egpj.exe", "photogpj.exe"),
            ('na"me<x>|?*.jpg', "namex.jpg"),
            ("  two   words .jpg. ", "two words.jpg"),
            ("گواہ\u200cکا بیان.txt", "گواہ\u200cکا بیان.txt"),
            ("...", "file"),
            ("", "file"),
            ("..", "file"),
            ("/", "file"),
        ],
    )
    def test_leaves_a_name_that_is_only_a_name(self, raw, kept):
        assert names.clean(raw) == kept

    def test_shortens_a_name_and_keeps_its_ending(self):
        kept = names.clean("x" * 400 + ".jpeg")

        assert len(kept) <= names.LONGEST
        assert kept.endswith("x.jpeg")
