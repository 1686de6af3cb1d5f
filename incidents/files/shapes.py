"""Where a file of each kind ends, and that nothing of another kind hangs on it.

Nothing here draws, unpacks or runs what it reads.
"""

import codecs
import io
import re
import struct
import warnings
import zipfile
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

from incidents.files import limits
from incidents.files.refusals import FileRefused

# The beginnings of what hides behind a picture or a document.
FOREIGN = re.compile(
    rb"%PDF-|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|<\?php|<!doctype|<html|<script|<svg|\x7fELF", re.I
)
PDF_HEAD_WITHIN = 1024
MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|script|svg|\?xml|iframe|!--)", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
BOX = struct.Struct(">L4s")
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
PIECE = 1 << 16


def picture(file: IO[bytes], name: str, drawn_by: str) -> None:
    """A picture of the one format, not too large to draw, with nothing behind it."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Reads the head only; nothing is drawn here.
            with Image.open(file, formats=[drawn_by]) as opened:
                width, height = opened.size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_points(name) from error
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise _damaged(name) from error
    if width * height > limits.most_pixels():
        raise _too_many_points(name)
    file.seek(0)
    content = file.read()
    ends = {"JPEG": _end_of_jpeg, "PNG": _end_of_png, "WEBP": _end_of_webp}[drawn_by](content)
    if ends is None:
        raise _damaged(name)
    _check_nothing_else(file, content[:PDF_HEAD_WITHIN], content[ends:], name)


def pdf(file: IO[bytes], name: str) -> None:
    """A PDF from the first byte to the last."""
    file.seek(0)
    content = file.read()
    last = content.rfind(b"%%EOF")
    if not content.startswith(b"%PDF-") or last < 0:
        raise _damaged(name)
    _check_nothing_else(file, b"", content[last:], name)


def video(file: IO[bytes], name: str) -> None:
    """An MP4 whose boxes are the whole file."""
    size, place, found = file.seek(0, io.SEEK_END), 0, list[bytes]()
    while place < size:
        file.seek(place)
        head = file.read(16)
        if len(head) < BOX.size:
            raise _damaged(name)
        length, kind = BOX.unpack_from(head)
        if length == 1 and len(head) == 16:
            (length,) = struct.unpack_from(">Q", head, 8)
        elif length == 0:
            length = size - place
        if length < BOX.size or place + length > size or len(found) > 10_000:
            raise _damaged(name)
        found.append(kind)
        place += length
    if found[:1] != [b"ftyp"] or b"moov" not in found or b"mdat" not in found:
        raise _damaged(name)
    file.seek(0)
    _check_nothing_else(file, file.read(PDF_HEAD_WITHIN), b"", name)


def text(file: IO[bytes], name: str) -> None:
    """Words for people: UTF-8, or UTF-16 that says so, without markup of pages."""
    file.seek(0)
    mark = file.read(2)
    encoding = "utf-16" if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    begins, line = "", 0
    try:
        while piece := file.read(PIECE):
            words = decoder.decode(piece)
            begins = begins or words[:4096]
            line = len(words) - words.rfind("\n") - 1 if "\n" in words else line + len(words)
            if CONTROL.search(words) or line > limits.LONGEST_LINE:
                raise _no_text(name)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error
    if MARKUP.match(begins):
        raise FileRefused(
            "markup",
            _("“%(name)s” is a web page or a drawing made of code. Add it as a PDF.")
            % {"name": name},
        )
    _check_nothing_else(file, begins[:PDF_HEAD_WITHIN].encode(), b"", name)


def _check_nothing_else(file: IO[bytes], head: bytes, tail: bytes, name: str) -> None:
    """A file that other programs read as something else is not what it says it is."""
    file.seek(0)
    if b"%PDF-" in head or FOREIGN.search(tail) or zipfile.is_zipfile(file):
        raise FileRefused(
            "polyglot", _("“%(name)s” is more than one kind of file at once.") % {"name": name}
        )


def _end_of_png(content: bytes) -> int | None:
    place = 8
    while place + 12 <= len(content):
        length, kind = BOX.unpack_from(content, place)
        place += length + 12
        if kind == b"IEND":
            return place if place <= len(content) else None
    return None


def _end_of_webp(content: bytes) -> int | None:
    (length,) = struct.unpack_from("<L", content, 4)
    end: int = 8 + length
    return end if end <= len(content) else None


def _end_of_jpeg(content: bytes) -> int | None:
    """Behind the end marker: each segment by its length, the drawing by its own marks."""
    place = 2
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        kind = content[place + 1]
        if kind == 0xD9:
            return place + 2
        if kind == 0xFF:
            place += 1
        elif kind == 0 or kind in STANDALONE:
            place += 2
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return None


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        "damaged", _("“%(name)s” is damaged, or is not what its name says.") % {"name": name}
    )


def _too_many_points(name: str) -> FileRefused:
    return FileRefused(
        "pixels",
        _("“%(name)s” has more points than a picture may have here (%(most)d million).")
        % {"name": name, "most": limits.most_pixels() // 1_000_000},
    )


def _no_text(name: str) -> FileRefused:
    return FileRefused(
        "no_text",
        _("“%(name)s” is no text that can be read. Save it as UTF-8.") % {"name": name},
    )
