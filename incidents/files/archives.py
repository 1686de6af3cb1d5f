"""Word and Excel files: archives that must hold what their writers put in, and nothing else."""

import io
import struct
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from incidents.files import limits
from incidents.files.refusals import FileRefused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN_PARTS = {
    f"{DOCX}.main+xml": DOCX,
    f"{XLSX}.main+xml": XLSX,
}
LIVE_TYPES = ("macroenabled", "vbaproject", "activex", "vbadata")
LIVE_PARTS = ("vbaproject", "vbadata", "activex", "macrosheets")
INNER_PARTS = "/embeddings/"
# What unpacks again, or runs.
INNER_FILES = frozenset(
    (
        *("zip", "rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "cab", "iso", "jar", "apk"),
        *("docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "doc", "xls", "ppt"),
        *("exe", "dll", "scr", "com", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse"),
        *("wsf", "hta", "lnk", "msi", "reg", "svg", "html", "htm"),
    )
)
END = struct.Struct("<4s4H2LH")
END_MARK = b"PK\x05\x06"
STRONG = 0x1 | 0x40
HYPERLINK = "/hyperlink"


def media_type(file: IO[bytes], name: str) -> str:
    """DOCX or XLSX. Raises FileRefused for a bomb, a macro, an inner file, or any other archive."""
    _check_directory(file, name)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(entries, name)
            _check_names(entries, name)
            found = _main_type(archive, name)
            for part in entries:
                if part.filename.endswith(".rels"):
                    _check_relations(_read(archive, part.filename, name), name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise _damaged(name) from error
    return found


def _check_directory(file: IO[bytes], name: str) -> None:
    """Before anything is unpacked: one archive, whole, from the first byte to the last."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - END.size))
    tail = file.read()
    if len(tail) < END.size or not tail.startswith(END_MARK):
        raise _damaged(name)
    _mark, disk, start_disk, _here, entries, length, offset, comment = END.unpack(tail)
    if disk or start_disk or comment or offset + length + END.size != size:
        raise _damaged(name)
    if entries > limits.MOST_ENTRIES or length > limits.MOST_DIRECTORY:
        raise _bomb(name)
    file.seek(0)


def _check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > limits.MOST_ENTRIES:
        raise _bomb(name)
    if sum(each.file_size for each in entries) > limits.MOST_UNPACKED:
        raise _bomb(name)
    for each in entries:
        packed = max(1, each.compress_size)
        if each.file_size > limits.RATIO_COUNTS_FROM and each.file_size / packed > (
            limits.MOST_RATIO
        ):
            raise _bomb(name)
    placed = sorted(entries, key=lambda each: each.header_offset)
    if not placed or placed[0].header_offset != 0:
        raise _damaged(name)
    # Parts that lie over each other unpack the same bytes many times.
    for first, second in pairwise(placed):
        if first.header_offset + first.compress_size >= second.header_offset:
            raise _bomb(name)


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for each in entries:
        inner = each.filename
        if each.flag_bits & STRONG:
            raise FileRefused(
                "locked",
                _("“%(name)s” is locked with a password. Save it without one.") % {"name": name},
            )
        if inner.casefold() in seen or _leaves(inner):
            raise _damaged(name)
        seen.add(inner.casefold())
        low = f"/{inner.casefold()}"
        if any(word in low for word in LIVE_PARTS):
            raise _live(name)
        if INNER_PARTS in low or PurePosixPath(low).suffix.lstrip(".") in INNER_FILES:
            raise FileRefused(
                "inner_file",
                _("“%(name)s” holds other files inside. Add each of them by itself.")
                % {"name": name},
            )


def _leaves(inner: str) -> bool:
    return inner.startswith("/") or "\\" in inner or ".." in PurePosixPath(inner).parts


def _main_type(archive: zipfile.ZipFile, name: str) -> str:
    said = [
        attributes.get("ContentType", "").casefold()
        for _tag, attributes in _tags(_read(archive, "[Content_Types].xml", name), name)
    ]
    if any(word in each for each in said for word in LIVE_TYPES):
        raise _live(name)
    mains = {MAIN_PARTS[each] for each in said if each in MAIN_PARTS}
    if len(mains) != 1:
        raise FileRefused(
            "archive",
            _("“%(name)s” is an archive. Unpack it and add each file by itself.") % {"name": name},
        )
    return mains.pop()


def _check_relations(xml: bytes, name: str) -> None:
    """A part that is fetched from elsewhere tells who opens the file, and where."""
    for _tag, attributes in _tags(xml, name):
        is_outside = attributes.get("TargetMode", "").casefold() == "external"
        if is_outside and not attributes.get("Type", "").endswith(HYPERLINK):
            raise FileRefused(
                "outside",
                _("“%(name)s” fetches parts from elsewhere when it is opened. Save it without.")
                % {"name": name},
            )


def _read(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    try:
        with archive.open(part) as opened:
            content = opened.read(limits.MOST_PART_READ + 1)
    except KeyError:
        return b"<Types/>"
    if len(content) > limits.MOST_PART_READ:
        raise _bomb(name)
    return content


def _tags(xml: bytes, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element with its attributes. A document type, and so any entity, is refused."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, dict(attributes)))

    def refuse(*_said: object) -> None:
        raise _damaged(name)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _damaged(name) from error
    yield from found


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        "damaged",
        _("“%(name)s” is damaged, or more than one kind of file at once.") % {"name": name},
    )


def _bomb(name: str) -> FileRefused:
    return FileRefused(
        "bomb", _("“%(name)s” would unpack to far more than it is.") % {"name": name}
    )


def _live(name: str) -> FileRefused:
    return FileRefused(
        "live",
        _("“%(name)s” holds macros or other parts that run. Save it without them.")
        % {"name": name},
    )
