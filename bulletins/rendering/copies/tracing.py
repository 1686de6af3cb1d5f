"""Whose copy a page is: a PDF or a scan compared with the documents of one bulletin.

Everything here reads what strangers made. It runs in a child with limits, which sends back a few
plain values and nothing else.
"""

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image

from bulletins.rendering.copies import codes, scans
from bulletins.rendering.copies.drawing import Shapes, drawn
from bulletins.rendering.copies.glyphs import glyphs_of
from bulletins.rendering.copies.text import Master, MasterPage, read_master, read_shifts
from core.sandbox import ChildFailed, Fault, Limits, Made, run

LIMITS = Limits(cpu_seconds=50, wall_seconds=60.0, more_memory=1 << 30, largest=1 << 16)
# No new page is begun after this: what was found until then is said.
ENOUGH_SECONDS = 35.0
PAGES = 60
DOTS_MOST = 60_000_000
PICTURES = ("PNG", "JPEG", "TIFF", "WEBP")
# So few letters are no text: the page is a picture, perhaps with words laid under it.
LETTERS = 40
# A read shift smaller than this is none.
STILL = 0.01


class Outcome(StrEnum):
    """What came of it."""

    NAMED = "named"
    SEVERAL = "several"
    UNSTAMPED = "unstamped"
    UNCERTAIN = "uncertain"
    OTHER = "other"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"


def sentence(outcome: Outcome) -> str:
    """Why it cannot be told, for the page; blank where it can."""
    words = {
        Outcome.NAMED: "",
        Outcome.SEVERAL: _("Its pages are of different copies."),
        Outcome.UNSTAMPED: _(
            "It is a page of this bulletin as it was made, before it was stamped for anybody."
        ),
        Outcome.UNCERTAIN: _(
            "It is a page of this bulletin, but too few of its words can be measured to name one"
            " copy: chance alone could name another. A page with more text, or a better scan, may."
        ),
        Outcome.OTHER: _("No page of it is a page of this bulletin as it was handed out."),
        Outcome.UNREADABLE: _(
            "The file holds neither text nor a picture that can be read. Give a PDF, PNG, JPEG or"
            " TIFF file; from anything else, a scan of the page."
        ),
        Outcome.TOO_LONG: _("It took too long to read. Give one page of it."),
    }
    return words[outcome]


@dataclass(frozen=True)
class Issue:
    """One document of a bulletin and the numbers of the copies that were made of it."""

    master: bytes
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Trace:
    """What a page says of whose copy it is. `chance` is that of naming any copy by accident."""

    outcome: Outcome
    numbers: tuple[int, ...] = ()
    chance: float = 1.0
    places: int = 0
    page: int = 0
    of_picture: bool = False


@dataclass
class _Document:
    """A document while pages are compared with it."""

    issue: Issue

    @cached_property
    def master(self) -> Master:
        return read_master(self.issue.master)

    @cached_property
    def shapes(self) -> Shapes:
        return Shapes(self.master.fonts)


@dataclass
class _Search:
    """One upload compared with all documents of a bulletin."""

    key: bytes
    documents: list[_Document]
    until: float
    found: list[Trace] = field(default_factory=list)
    # How many pages the file has: each is one more occasion for chance.
    pages: int = 1

    @property
    def tries(self) -> int:
        """How many copies are compared, on all pages."""
        return self.pages * sum(len(each.issue.numbers) for each in self.documents)

    def page_of_text(self, glyphs: Sequence[Any]) -> None:
        for document in self.documents:
            for number, page in enumerate(document.master.pages):
                read = read_shifts(page, glyphs)
                if read is not None:
                    self._judge(document, number, read, of_picture=False)
                    return

    def page_of_picture(self, picture: Image.Image) -> None:
        choices: list[tuple[float, int, int, scans.Scan]] = []
        for index, document in enumerate(self.documents):
            pages = document.master.pages
            for scan in _both_ways(picture, pages[0].width if pages else 595.0):
                choices += [
                    (scans.likeness(scan, page), index, number, scan)
                    for number, page in enumerate(pages)
                ]
        best = sorted(choices, key=lambda each: -each[0])[:2]
        for _alike, index, number, scan in best:
            document = self.documents[index]
            page: MasterPage = document.master.pages[number]
            read = scans.measured(scan, drawn(page, document.shapes), page.places)
            if read is not None:
                self._judge(document, number, read, of_picture=True)
                return

    def _judge(
        self, document: _Document, page: int, read: list[float | None], *, of_picture: bool
    ) -> None:
        numbers = document.issue.numbers
        named = codes.named(self.key, page, read, numbers, max(1, self.tries))
        told = Trace(Outcome.UNCERTAIN, page=page + 1, of_picture=of_picture)
        values = [abs(value) for value in read if value is not None]
        if named is not None:
            told = Trace(
                *(Outcome.NAMED, (named.number,), named.chance, named.places),
                *(page + 1, of_picture),
            )
        elif not of_picture and values and max(values) < STILL:
            told = Trace(Outcome.UNSTAMPED, page=page + 1)
        self.found.append(told)

    def conclusion(self) -> Trace:
        named = [each for each in self.found if each.outcome == Outcome.NAMED]
        numbers = tuple(sorted({each.numbers[0] for each in named}))
        if len(numbers) > 1:
            return Trace(Outcome.SEVERAL, numbers, max(each.chance for each in named))
        if named:
            return min(named, key=lambda each: each.chance)
        return self.found[0] if self.found else Trace(Outcome.OTHER)


def trace(upload: bytes, key: bytes, issues: Sequence[Issue]) -> Trace:
    """Whose copy the pages of a file are, found in a child with limits."""
    try:
        _made, about = run(partial(_trace, upload, key, issues), LIMITS)
    except ChildFailed as failed:
        late = failed.fault in {Fault.TIME, Fault.MEMORY}
        return Trace(Outcome.TOO_LONG if late else Outcome.UNREADABLE)
    return Trace(Outcome(about.pop("outcome")), tuple(about.pop("numbers")), **about)


def _trace(upload: bytes, key: bytes, issues: Sequence[Issue]) -> Made:
    """The child's part."""
    return b"", vars(compared(upload, key, issues))


def compared(upload: bytes, key: bytes, issues: Sequence[Issue]) -> Trace:
    """As `trace`, in this process: for proofs, and for files of one's own."""
    search = _Search(key, [_Document(each) for each in issues], time.monotonic() + ENOUGH_SECONDS)
    seen = 0
    try:
        for page in _pages(upload, search):
            seen += 1
            if isinstance(page, Image.Image):
                search.page_of_picture(page)
            else:
                search.page_of_text(page)
            if time.monotonic() > search.until:
                break
    except (pikepdf.PdfError, Image.DecompressionBombError, OSError, ValueError):
        if not search.found:
            return Trace(Outcome.UNREADABLE)
    return search.conclusion() if seen else Trace(Outcome.UNREADABLE)


def _pages(upload: bytes, search: _Search) -> Iterator[Any]:
    """The letters of each page, or its picture where it has none."""
    if b"%PDF-" in upload[:1024]:
        with pikepdf.open(io.BytesIO(upload)) as pdf:
            search.pages = max(1, min(len(pdf.pages), PAGES))
            for page in list(pdf.pages)[:PAGES]:
                glyphs = glyphs_of(page)
                picture = None if len(glyphs) >= LETTERS else _picture_of(page)
                if picture is not None or glyphs:
                    yield glyphs if picture is None else picture
        return
    with Image.open(io.BytesIO(upload), formats=PICTURES) as picture:
        yield _within(picture)


def _picture_of(page: pikepdf.Page) -> Image.Image | None:
    """The largest picture on a page: what a scanner puts into a PDF."""
    largest = max(
        page.get_images(recursive=False).values(),
        key=lambda each: int(each.get("/Width", 0)) * int(each.get("/Height", 0)),
        default=None,
    )
    if not isinstance(largest, pikepdf.Stream):
        return None
    if int(largest.get("/Width", 0)) * int(largest.get("/Height", 0)) > DOTS_MOST:
        raise Image.DecompressionBombError
    return _within(pikepdf.PdfImage(largest).as_pil_image())


def _within(picture: Image.Image) -> Image.Image:
    if picture.width * picture.height > DOTS_MOST:
        raise Image.DecompressionBombError
    return picture.convert("L")


def _both_ways(picture: Image.Image, width: float) -> Iterator[scans.Scan]:
    """Upright, or as it lay on the glass the other way round; a page lying is turned first."""
    if picture.width > picture.height:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    yield scans.made_ready(picture, width)
    yield scans.made_ready(picture.transpose(Image.Transpose.ROTATE_180), width)
