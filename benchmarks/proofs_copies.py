"""One page names its copy among ten thousand: from PDFs however saved, and from scans.

And nothing else names any copy: ten thousand pages that are nobody's.
"""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from benchmarks.table import Proof
from bulletins.rendering import sandbox
from bulletins.rendering.copies import codes, scans, stamping
from bulletins.rendering.copies.drawing import Shapes, drawn
from bulletins.rendering.copies.glyphs import glyphs_of
from bulletins.rendering.copies.text import Master, read_master, read_shifts
from bulletins.rendering.pages import html_of
from tests.bulletins.documents import long_document

COPIES = range(1, 10_001)
KEY = codes.key_of("thrown away after the proof", 1)
STRANGERS = 1_000
# A page of fewer words behind a space than this is not promised from a scan.
PLENTY = 90
DOTS = 200
NUMBERS = {"en": 4711, "ur": 9998}
# How a page lies on the glass: degrees, scale, dots right, dots down.
Lie = tuple[float, float, int, int]
LIES: tuple[Lie, ...] = ((-1.0, 0.98, 7, -12), (0.4, 1.02, -9, 5), (0.93, 1.004, 3, 11))
SAVED_BY = {
    "mutool clean": ("mutool", "clean", "-gggz", "{0}", "{1}"),
    "pdftocairo": ("pdftocairo", "-pdf", "{0}", "{1}"),
    "qpdf": ("qpdf", "--object-streams=disable", "--stream-data=uncompress", "{0}", "{1}"),
}


def prove() -> list[Proof]:
    """From PDFs, from scans, and of chance."""
    from_text, from_scans = [0, 0], [0, 0]
    for language, number in NUMBERS.items():
        master = sandbox.render(html_of(long_document(language))).pdf
        known = read_master(master)
        shapes = Shapes(known.fonts)
        copy = stamping.stamped(master, stamping.Stamp(number, f"Copy {number}", "copy", KEY))
        for pdf in _saved(copy):
            for page, told in _told_by_text(pdf, known):
                from_text[0] += told == number
                from_text[1] += known.pages[page].places > 0
        for page, made in enumerate(known.pages):
            if made.places < PLENTY:
                continue
            for lie in LIES:
                scan = scans.made_ready(_scanned(copy, page, lie), made.width)
                read = scans.measured(scan, drawn(made, shapes), made.places)
                named = read and codes.named(KEY, page, read, COPIES, len(COPIES))
                from_scans[0] += bool(named and named.number == number)
                from_scans[1] += 1
    wrong = sum(
        codes.named(KEY, page % 50, codes.shifts(b"nobody", page, page, 200), COPIES, len(COPIES))
        is not None
        for page in range(STRANGERS)
    )
    return [
        Proof(
            "a page of a PDF names its copy among 10,000, however saved",
            f"{from_text[0]} of {from_text[1]} pages",
            from_text[0] == from_text[1],
        ),
        Proof(
            f"a scan at {DOTS} dots an inch names its copy among 10,000",
            f"{from_scans[0]} of {from_scans[1]} pages",
            from_scans[0] >= 0.95 * from_scans[1],
        ),
        Proof(
            "a page that is nobody's names no copy of 10,000",
            f"{wrong} of {STRANGERS:,} pages",
            wrong == 0,
        ),
    ]


def _saved(copy: bytes) -> Iterator[bytes]:
    """The copy as it is, and saved again by each tool that is here."""
    yield copy
    for command in SAVED_BY.values():
        if shutil.which(command[0]) is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            one, two = Path(folder) / "one.pdf", Path(folder) / "two.pdf"
            one.write_bytes(copy)
            words = [each.format(one, two) for each in command]
            subprocess.run(words, check=True, capture_output=True)
            yield two.read_bytes()


def _told_by_text(pdf: bytes, known: Master) -> Iterator[tuple[int, int]]:
    """Each page and the number it points at, 0 for none."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page, each in enumerate(opened.pages):
            read = read_shifts(known.pages[page], glyphs_of(each))
            named = read and codes.named(KEY, page, read, COPIES, len(COPIES))
            yield page, named.number if named else 0


def _scanned(copy: bytes, page: int, lie: Lie) -> Image.Image:
    """A page as a cheap scanner gives it: askew, a little off in size, noisy, grey, JPEG."""
    turn, scale, right, down = lie
    shown = pypdfium2.PdfDocument(copy)[page].render(scale=DOTS / 72 * scale).to_pil().convert("L")
    glass = Image.new("L", (round(8.27 * DOTS), round(11.69 * DOTS)), 255)
    middle = (glass.width - shown.width) // 2, (glass.height - shown.height) // 2
    glass.paste(shown, (middle[0] + right, middle[1] + down))
    askew = glass.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    noisy = ImageChops.add(askew, Image.effect_noise(askew.size, 28), 1, -128)
    kept = io.BytesIO()
    noisy.save(kept, "JPEG", quality=70)
    return Image.open(kept)
