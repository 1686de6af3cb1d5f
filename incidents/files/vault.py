"""Where files are kept: each under the SHA-256 of its bytes, never changed, checked when read.

A file is stored before the row that names it is committed, under a lock on its hash. When the row
is lost, the sweep finds a file that no row names, takes the same lock and removes it.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import connection

from incidents.files.inspecting import Inspected, digest

ORIGINALS = "originals"
COPIES = "copies"
IMPORTS = "imports"
ALIAS = "evidence"


class Altered(Exception):
    """The stored file is gone, or its bytes are not those that were handed in."""


def storage() -> Storage:
    """The storage of evidence: a folder outside all that is served, or whatever is configured."""
    return storages[ALIAS]


def keep_original(inspected: Inspected) -> str:
    """Store the file under its hash, once whatever the number of rows; its path."""
    path = _path(ORIGINALS, inspected.sha256)
    _keep(path, inspected.sha256, inspected.file)
    return path


def keep_import(file: "File[bytes]", sha256: str) -> str:
    """Store a file of incidents under its hash; its path."""
    path = _path(IMPORTS, sha256)
    _keep(path, sha256, file)
    return path


def keep_copy(content: bytes) -> tuple[str, str]:
    """Store a copy for the screen; its path and its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(COPIES, sha256)
    _keep(path, sha256, ContentFile(content))
    return path, sha256


def open_intact(path: str, sha256: str) -> "File[bytes]":
    """The stored file at its beginning, after all of it was read. Raises Altered."""
    try:
        opened: File[bytes] = storage().open(path, "rb")
    except OSError as error:
        raise Altered from error
    if digest(opened) != sha256:
        opened.close()
        raise Altered
    return opened


def all_paths() -> Iterator[str]:
    """Every file that is stored: originals, copies, lists of incidents."""
    for top in (ORIGINALS, COPIES, IMPORTS):
        if storage().exists(top):
            for folder in storage().listdir(top)[0]:
                for name in storage().listdir(f"{top}/{folder}")[1]:
                    yield f"{top}/{folder}/{name}"


def is_older_than(path: str, moment: datetime) -> bool:
    """Whether the file was stored before `moment`; a file that is gone was not."""
    try:
        return storage().get_modified_time(path) < moment
    except OSError:
        return False


def lock(path: str) -> None:
    """Wait for whoever stores or removes this file; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [path])


def _path(top: str, sha256: str) -> str:
    return f"{top}/{sha256[:2]}/{sha256}"


def _keep(path: str, sha256: str, content: "File[bytes]") -> None:
    """Under a lock on the hash: what is there and whole stays, half a file is replaced."""
    lock(path)
    if storage().exists(path):
        with storage().open(path, "rb") as stored:
            if digest(stored) == sha256:
                return
        storage().delete(path)
    storage().save(path, content)
