"""Documents as records: the same after a trip through JSON, and one spelling for one record.

The canonical JSON of a document is the record; its SHA-256 is what the PDF prints and the register
answers for.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from bulletins.rendering.documents_kinds import Document

Doc = TypeVar("Doc")


@dataclass(frozen=True)
class Kept:
    """The record that a file prints: its number, the day it was made out (ISO), its bytes."""

    number: str
    day: str
    record: bytes


def to_record(document: Document) -> dict[str, Any]:
    """The document as plain JSON values; parts of `later.py` that are not there leave no trace."""
    record: dict[str, Any] = json.loads(json.dumps(document, default=_plain))
    return record if record["seal"] else without_seal(record)


def without_seal(record: dict[str, Any]) -> dict[str, Any]:
    """What the document says, whenever it was frozen: the seal moves on with every deed."""
    return {name: value for name, value in record.items() if name != "seal"}


def without_urdu(record: dict[str, Any]) -> dict[str, Any]:
    """What the first language of the document says."""
    return {name: value for name, value in record.items() if name != "urdu"}


def canonical(record: dict[str, Any]) -> bytes:
    """One spelling for one record: sorted keys, no blanks, UTF-8."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def record_hash(record: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(record)).hexdigest()


def from_record(kind: type[Doc], record: dict[str, Any]) -> Doc:
    """The document that `to_record` was given."""
    hints = _hints(cast(Any, kind))
    given = {
        each.name: _typed(hints[each.name], record[each.name])
        for each in fields(kind)  # type: ignore[arg-type]
        if each.name in record
    }
    return kind(**given)


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    """The types of the fields; asked for each row of each document, worked out once."""
    return get_type_hints(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {
            each.name: held
            for each in fields(value)
            if (held := getattr(value, each.name)) or "later" not in each.metadata
        }
    raise TypeError(f"{type(value).__name__} has no place in a record")


def _typed(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        if value is None:
            return None
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint):
        return from_record(hint, value)  # type: ignore[arg-type]
    return date.fromisoformat(value) if hint is date else value
