"""The copy of a finished document for one reader: a line at the foot, and shifts nobody sees."""

import io
import zlib
from dataclasses import dataclass

import pikepdf

from bulletins.rendering.copies import codes
from bulletins.rendering.copies.line import drawn_line
from bulletins.rendering.copies.places import page_text


@dataclass(frozen=True)
class Stamp:
    """What one copy bears: its number, the line that says whose it is, the key of its shifts."""

    number: int
    line: str
    name: str
    key: bytes


def stamped(master: bytes, stamp: Stamp) -> bytes:
    """The copy. The same stamp on the same document gives the same bytes."""
    with pikepdf.open(io.BytesIO(master)) as pdf:
        _without_signature(pdf)
        _marked(pdf, stamp)
        pdf.docinfo["/Copy"] = stamp.name
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return made.getvalue()


def shifted_only(master: bytes, shifts: list[list[float]]) -> bytes:
    """The document with the words of each page moved, and nothing else; for measuring."""
    with pikepdf.open(io.BytesIO(master)) as pdf:
        for page, moved in zip(pdf.pages, shifts, strict=True):
            _replace(pdf, page, page_text(page).shifted(moved))
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _marked(pdf: pikepdf.Pdf, stamp: Stamp) -> None:
    lines: dict[float, pikepdf.Object] = {}
    for number, page in enumerate(pdf.pages):
        text = page_text(page)
        moved = text.shifted(codes.shifts(stamp.key, stamp.number, number, len(text.places)))
        box = [float(each) for each in page.mediabox]
        width = box[2] - box[0]
        if width not in lines:
            lines[width] = drawn_line(pdf, stamp.line, width)
        name = page.add_resource(
            lines[width], pikepdf.Name.XObject, pikepdf.Name("/CopyLine"), replace_existing=True
        )
        foot = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n%s Do\nEMC\n"
        _replace(pdf, page, b"q\n" + moved + b"\nQ\n" + foot % str(name).encode())


def _replace(pdf: pikepdf.Pdf, page: pikepdf.Page, content: bytes) -> None:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(zlib.compress(content, 6), filter=pikepdf.Name.FlateDecode)
    page.obj["/Contents"] = pdf.make_indirect(stream)


def _without_signature(pdf: pikepdf.Pdf) -> None:
    """A signature holds for the bytes it was set on; on a copy it would only read as broken."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    for page in pdf.pages:
        kept = [each for each in page.obj.get("/Annots", []) if each.get("/FT") != "/Sig"]
        if "/Annots" in page.obj:
            page.obj["/Annots"] = pikepdf.Array(kept)
    for name in ("/AcroForm", "/Perms"):
        if name in pdf.Root:
            del pdf.Root[name]
