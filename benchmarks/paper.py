"""What finishing and signing add to the layout of a document."""

import io
import tempfile
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pikepdf
from django.test import override_settings

from benchmarks.table import Case, at_most, for_orientation, interleaved
from bulletins.rendering import paper, sandbox
from bulletins.rendering.documents import BulletinDocument, LessonBlock, Mark
from bulletins.rendering.pages import html_of
from bulletins.rendering.records import Kept, canonical, to_record
from stack.signing import signing_files

DAY = date(2026, 11, 22)
LESSON = LessonBlock(1, "L-1", "Check twice", "Lesson", "Endorsed", "Seen. " * 60, "Do it. " * 30)
# Lessons that fill about this many pages, and how often each is measured.
SIZES = ((1, 7), (22, 4), (95, 2))


def bulletin(lessons: int) -> BulletinDocument:
    """A bulletin of so many like lessons."""
    return BulletinDocument(
        number="LB-2026-0001",
        edition=1,
        language="en",
        title="Measured",
        bottom_line="One sentence.",
        audience="Whoever measures",
        agency="Agency",
        mark=Mark("GREEN", "RESTRICTED"),
        issued_on=DAY,
        lessons=tuple(replace(LESSON, number=number + 1) for number in range(lessons)),
    )


def measure() -> list[Case]:
    """Layout beside what comes after it, on the same document turn by turn."""
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        files = signing_files(Path(folder))
        with override_settings(
            BULLETIN_SIGNING_FILE=str(files.key),
            BULLETIN_SIGNING_PASSPHRASE=files.passphrase.read_text("utf-8"),
        ):
            for lessons, rounds in SIZES:
                cases += _measured(bulletin(lessons), rounds)
    return cases


def _measured(document: BulletinDocument, rounds: int) -> list[Case]:
    html = html_of(document)
    laid_out, pages = sandbox.engine().write(html)
    kept = Kept(document.number, DAY.isoformat(), canonical(to_record(document)))
    pair = interleaved(
        partial(paper.finished, laid_out, kept),
        partial(sandbox.engine().write, html),
        rounds=rounds,
    )
    size = f"{pages} pages"
    with pikepdf.open(io.BytesIO(paper.finished(laid_out, kept))) as made:
        weight = (len(made.Root.AF[0].EF.F.read_raw_bytes())) / 1000
    return [
        at_most(10, "finishing and signing ÷ layout", size, pair.ratio * 100, "%"),
        for_orientation("the record in the file", size, weight, "kB"),
    ]
