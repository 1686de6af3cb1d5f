"""How much of an Urdu page readers give back: words, and words in their order."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pypdfium2

from benchmarks.table import Case, at_least
from bulletins.rendering import sandbox

# Written for this: sentences as bulletins have them, with figures, brackets and a hard break.
SENTENCES = (
    "جمعہ 12 جون 2026 کو فرضی تھانے کے مرکزی گیٹ پر دو اجنبی افراد آئے اور راستہ پوچھا۔",
    "پہرے دار نے شناخت طلب کی، رجسٹر میں اندراج کیا اور محرر کو اطلاع دی (وقت 14:30)۔",
    "دوسرے روز مشق میں ہال تین منٹ میں خالی ہوا؛ پچھلی بار سات منٹ لگے تھے۔",
    "ہر چوکی ایک نقشہ رکھے: راستے، دروازے، چھت کی حالت، اور قریب ترین ہسپتال کا فاصلہ۔",
)
FACES = ("nastaliq", "naskh")


def page(face: str) -> str:
    """The sentences set in one hand."""
    said = "".join(f"<p class='{face}'>{sentence}</p>" for sentence in SENTENCES)
    return (
        "<!doctype html><html lang='ur' dir='rtl'><title>T</title><body class='bulletin urdu'>"
        f"<h1 class='title'>مشق کی رپورٹ</h1>{said}"
    )


def wanted() -> list[str]:
    """The words of the page in their order."""
    return words(" ".join(("مشق کی رپورٹ", *SENTENCES)))


def words(text: str) -> list[str]:
    """Runs of letters and figures; joiners and vowel signs do not count, direction marks part."""
    plain = unicodedata.normalize("NFC", re.sub("[\u200b-\u200d\ufeff]", "", text))
    return re.findall(r"\w+", "".join(each for each in plain if not unicodedata.combining(each)))


def readings(pdf: bytes) -> Iterator[tuple[str, str]]:
    """What each reader that is installed here gives back."""
    document = pypdfium2.PdfDocument(pdf)
    yield "PDFium", "\n".join(each.get_textpage().get_text_range() for each in document)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "read.pdf"
        path.write_bytes(pdf)
        for name, command in (
            ("pdftotext", ("pdftotext", path, "-")),
            ("MuPDF", ("mutool", "draw", "-q", "-F", "txt", path)),
        ):
            if program := which(command[0]):
                done = subprocess.run([program, *command[1:]], capture_output=True, check=True)
                yield name, done.stdout.decode()


def score(text: str) -> tuple[float, float]:
    """Which part of the words is there, and which in order."""
    want, got = wanted(), words(text)
    there = sum((Counter(want) & Counter(got)).values())
    blocks = SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()
    return there / len(want), sum(each.size for each in blocks) / len(want)


def measure() -> list[Case]:
    """A row for each hand and reader."""
    cases = []
    for face in FACES:
        for reader, text in readings(sandbox.render(page(face)).pdf):
            there, ordered = score(text)
            size = f"{len(wanted())} words"
            cases += [
                at_least(95, f"Urdu read back by {reader}, {face}", size, there * 100, "%"),
                at_least(95, f"the same, words in order, {face}", size, ordered * 100, "%"),
            ]
    return cases
