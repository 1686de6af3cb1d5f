"""Whether a file of documents is whole and came from a deployment whose key is trusted."""

import hashlib
import json
from collections.abc import Iterator
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from audit.sealing.keys import is_signed, trusted_keys
from bulletins.exporting.listing import FORM, MANIFEST, SIGNATURE


def faults_of(file: IO[bytes]) -> list[str]:
    """What is wrong with it, by the names of its parts; empty when nothing is."""
    try:
        with ZipFile(file) as archive:
            return list(_faults(archive))
    except BadZipFile:
        return ["not a ZIP file"]


def _faults(archive: ZipFile) -> Iterator[str]:
    names = archive.namelist()
    if not {MANIFEST, SIGNATURE} <= set(names):
        yield "no signed manifest"
        return
    text = archive.read(MANIFEST)
    told = json.loads(text)
    public = trusted_keys().get(told.get("key", ""))
    if public is None:
        yield "key: not a trusted one"
    elif not is_signed(public, archive.read(SIGNATURE), text):
        yield f"{MANIFEST}: altered after it was signed"
    if told.get("form") != FORM:
        yield f"{MANIFEST}: not of an export"
    listed: list[dict[str, Any]] = [*told["documents"], *told["files"]]
    yield from (f"{name}: twice" for name in sorted({n for n in names if names.count(n) > 1}))
    extra = set(names) - {each["path"] for each in listed} - {MANIFEST, SIGNATURE}
    yield from (f"{name}: not listed" for name in sorted(extra))
    for each in listed:
        if each["path"] not in names:
            yield f"{each['path']}: missing"
        elif _digest(archive, each["path"]) != each["sha256"]:
            yield f"{each['path']}: altered"


def _digest(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as opened:
        while piece := opened.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
