"""Where a copy can be marked: the words behind a space in the running text of our own PDFs.

Nothing is laid out again. A place is the advance of one space in a content stream as the renderer
writes it (`[<0021>0 <0003>12 …] TJ`, ISO 32000-1, 9.4.3): a number more or less there moves the
words behind it, and the next place takes it back.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pikepdf

# Pages stand in CSS pixels: WeasyPrint begins each stream with a scale of 0.75.
POINT = 0.75
# Smaller type carries citations and running heads; it is left alone (pixels, 7 pt).
SMALLEST = 7 / POINT
STRING = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*\)"
TOKEN = re.compile(
    rb"(?P<begin>/(?P<tag>\w+)\s*(?:BMC|(?:<<(?:[^>]|>(?!>\s*BDC))*>>|/\w+)\s*BDC))"
    rb"|(?P<end>\bEMC\b)"
    rb"|/(?P<font>\S+)\s+(?P<size>[\d.]+)\s+Tf\b"
    rb"|\[(?P<shown>(?:[^\]()]|" + STRING + rb")*)\]\s*TJ\b"
    rb"|(?P<text>\bBT\b)"
    rb"|\b(?P<mode>[0-7])\s+Tr\b"
    rb"|" + STRING,
    re.DOTALL,
)
PIECE = re.compile(rb"<(?P<codes>[0-9a-fA-F\s]*)>\s*(?P<number>-?[\d.]+)?")
CHARS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
TRIPLE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


@dataclass(frozen=True)
class Place:
    """The number behind a space: where it stands in the stream, what it is, and the type size."""

    start: int
    end: int
    number: float
    size: float
    # First of its line: the words before it stand where they stood.
    begins: bool


@dataclass(frozen=True)
class PageText:
    """The stream of one page and the places in it."""

    stream: bytes
    spaces: dict[bytes, frozenset[bytes]]

    @cached_property
    def places(self) -> list[Place]:
        """Every place, in the order of the stream."""
        return list(_places(self.stream, self.spaces))

    def shifted(self, shifts: Sequence[float]) -> bytes:
        """The stream with the word at each place moved by so many points."""
        parts, done, before = [], 0, 0.0
        for place, shift in zip(self.places, shifts, strict=True):
            moved = (shift - (0.0 if place.begins else before)) / POINT
            number = place.number - moved * 1000 / place.size
            parts += [self.stream[done : place.start], b"%.3f " % number]
            done, before = place.end, shift
        return b"".join([*parts, self.stream[done:]])


def page_text(page: pikepdf.Page) -> PageText:
    """The text of one page of a document that this product has made."""
    spaces = {name[1:].encode(): _spaces(font) for name, font in page_fonts(page).items()}
    return PageText(content_of(page), spaces)


def page_fonts(page: pikepdf.Page) -> pikepdf.Object:
    """The fonts of a page by the names its stream uses."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return resources.get("/Font", pikepdf.Dictionary())


def content_of(page: pikepdf.Page) -> bytes:
    """The content stream of a page, whole."""
    content = page.obj.get("/Contents")
    if content is None:
        return b""
    if isinstance(content, pikepdf.Array):
        return b"\n".join(each.read_bytes() for each in content)
    return bytes(content.read_bytes())


def _spaces(font: pikepdf.Object) -> frozenset[bytes]:
    """The codes that a font draws a space with, as they are spelt in a stream."""
    if "/ToUnicode" not in font or font.get("/Subtype") != "/Type0":
        return frozenset()
    text = font["/ToUnicode"].read_bytes().decode("latin-1")
    found = set()
    for block in CHARS.findall(text):
        found |= {code for code, means in PAIR.findall(block) if means == "0020"}
    for block in RANGES.findall(text):
        for first, last, means in TRIPLE.findall(block):
            if means and int(means, 16) <= 0x20 <= int(means, 16) + int(last, 16) - int(first, 16):
                found.add(f"{int(first, 16) + 0x20 - int(means, 16):04x}")
    return frozenset(code.lower().encode() for code in found)


def _places(stream: bytes, spaces: dict[bytes, frozenset[bytes]]) -> Iterator[Place]:
    tags: list[bytes] = []
    state = _Line()
    for token in TOKEN.finditer(stream):
        if token["begin"]:
            tags.append(token["tag"])
        elif token["end"]:
            del tags[-1:]
        elif token["font"]:
            state.size, state.spaces = float(token["size"]), spaces.get(token["font"], frozenset())
        elif token["text"] or token["mode"]:
            state.begin(token["mode"])
        elif token["shown"] and _is_read(tags) and state.is_running_text:
            yield from state.read(token["shown"], token.start("shown"))


def _is_read(tags: list[bytes]) -> bool:
    """Whether people read it: no running head, but the shapes of Urdu (`urdu_text.py`) are."""
    return b"Artifact" not in tags or tags[-1] == b"Span"


class _Line:
    """One text object as it is read: a line, or what stands of a line in one hand."""

    def __init__(self) -> None:
        self.size, self.spaces, self.hidden = 0.0, frozenset[bytes](), False
        self.begin(None)

    def begin(self, mode: bytes | None) -> None:
        """A new text object, or one drawn otherwise: its first word stands where it stood."""
        if mode is not None:
            self.hidden = mode == b"3"
        self.word = self.placed = False
        self.waiting: Place | None = None

    @property
    def is_running_text(self) -> bool:
        """Whether it is seen and large enough."""
        return not self.hidden and self.size >= SMALLEST and bool(self.spaces)

    def read(self, shown: bytes, at: int) -> Iterator[Place]:
        """The places in one array; a space counts once a word has stood before and one follows."""
        for piece in PIECE.finditer(shown):
            codes = piece["codes"].lower()
            if codes not in self.spaces:
                if codes:
                    self.word = True
                    if self.waiting is not None:
                        yield self.waiting
                        self.waiting, self.placed = None, True
                continue
            if self.word:
                start, end = piece.span("number")
                if start < 0:
                    start = end = piece.end()
                self.waiting = Place(
                    at + start, at + end, float(piece["number"] or 0), self.size, not self.placed
                )
                # Of two spaces in a row the last one moves the word.
