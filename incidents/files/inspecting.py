"""What a file is, by what is in it. Its name and what the browser says of it prove nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

import filetype
from django.core.files.base import File
from django.utils.translation import gettext as _

from incidents.choices.files import MediaGroup
from incidents.files import archives, limits, names, shapes
from incidents.files.refusals import FileRefused

HEAD = 8192
PIECE = 1 << 20


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken: how it is called, and what must be true of it."""

    media_type: str
    group: MediaGroup
    extensions: tuple[str, ...]
    check: Callable[[IO[bytes], str], object]

    @property
    def word(self) -> str:
        """`JPG`, as people call it."""
        return self.extensions[0].upper()


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept."""

    file: "File[bytes]"
    name: str
    media_type: str
    group: MediaGroup
    size: int
    sha256: str


JPEG = Kind(
    "image/jpeg",
    MediaGroup.IMAGE,
    ("jpg", "jpeg", "jpe", "jfif"),
    partial(shapes.picture, drawn_by="JPEG"),
)
PNG = Kind("image/png", MediaGroup.IMAGE, ("png",), partial(shapes.picture, drawn_by="PNG"))
WEBP = Kind("image/webp", MediaGroup.IMAGE, ("webp",), partial(shapes.picture, drawn_by="WEBP"))
MP4 = Kind("video/mp4", MediaGroup.VIDEO, ("mp4", "m4v"), shapes.video)
PDF = Kind("application/pdf", MediaGroup.DOCUMENT, ("pdf",), shapes.pdf)
DOCX = Kind(archives.DOCX, MediaGroup.DOCUMENT, ("docx",), archives.media_type)
XLSX = Kind(archives.XLSX, MediaGroup.DOCUMENT, ("xlsx",), archives.media_type)
TEXT = Kind("text/plain", MediaGroup.TEXT, ("txt", "log"), shapes.text)
CSV = Kind("text/csv", MediaGroup.TEXT, ("csv",), shapes.text)

KINDS = (JPEG, PNG, WEBP, PDF, DOCX, XLSX, TEXT, CSV, MP4)
BY_SIGNATURE = {
    **{kind.media_type: kind for kind in (JPEG, PNG, WEBP, MP4, PDF)},
    "video/x-m4v": MP4,
}
ARCHIVES = frozenset({"application/zip", archives.DOCX, archives.XLSX})
# What phones make and nothing here can draw safely.
HEIF = frozenset({"image/heic", "image/avif"})


def inspect(file: "File[bytes]", raw_name: str) -> Inspected:
    """What the file is. Raises FileRefused with a sentence that names it."""
    name = names.clean(raw_name)
    size = file.size
    if not size:
        raise FileRefused("empty", _("“%(name)s” is empty.") % {"name": name})
    if size > max(limits.most_bytes(group) for group in MediaGroup):
        raise _too_large(name, MediaGroup.VIDEO)
    file.seek(0)
    kind = _kind(file, name)
    if size > limits.most_bytes(kind.group):
        raise _too_large(name, kind.group)
    kind.check(file, name)
    if names.extension(name) not in kind.extensions:
        raise FileRefused(
            "name",
            _("“%(name)s” holds a file of the kind %(kind)s. Give it its right name.")
            % {"name": name, "kind": kind.word},
        )
    return Inspected(file, name, kind.media_type, kind.group, size, digest(file))


def digest(stream: IO[bytes]) -> str:
    """SHA-256 of all of it, from its beginning; it stands at its beginning again."""
    stream.seek(0)
    found = hashlib.sha256()
    while piece := stream.read(PIECE):
        found.update(piece)
    stream.seek(0)
    return found.hexdigest()


def accepted_words() -> str:
    """`JPG, PNG, …`: what people are told is taken."""
    return ", ".join(kind.word for kind in KINDS)


def accepted_extensions() -> str:
    """`.jpg,.jpeg,…`: what the browser's own window shows first."""
    return ",".join(f".{each}" for kind in KINDS for each in kind.extensions)


def _kind(stream: IO[bytes], name: str) -> Kind:
    head = stream.read(HEAD)
    signature = filetype.guess_mime(head)
    if signature in ARCHIVES:
        return XLSX if archives.media_type(stream, name) == archives.XLSX else DOCX
    if signature in HEIF:
        raise FileRefused(
            "heif",
            _("“%(name)s” is in a format of telephones that cannot be checked. Send it as JPG.")
            % {"name": name},
        )
    if signature in BY_SIGNATURE:
        return BY_SIGNATURE[signature]
    # "BMW at the gate" begins as a bitmap does: what is named text may be text all the same.
    called = names.extension(name)
    if _looks_like_text(head) and (
        signature is None or called in {*TEXT.extensions, *CSV.extensions}
    ):
        return CSV if called in CSV.extensions else TEXT
    raise FileRefused(
        "kind",
        _("“%(name)s” is of a kind that is not taken. Taken are: %(kinds)s.")
        % {"name": name, "kinds": accepted_words()},
    )


def _looks_like_text(head: bytes) -> bool:
    return b"\0" not in head or head[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _too_large(name: str, group: MediaGroup) -> FileRefused:
    return FileRefused(
        "size",
        _("“%(name)s” is too large: %(kind)s may have %(most)d MB.")
        % {"name": name, "kind": group.label, "most": limits.most_bytes(group) >> 20},
    )
