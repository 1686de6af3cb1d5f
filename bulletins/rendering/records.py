"""Documents as records: the same after a trip through JSON, and one spelling for one record.

The canonical JSON of a document is the record; its SHA-256 is what the PDF prints and the register
answers for.
"""

import hashlib
import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from bulletins.rendering.documents import Document

Doc = TypeVar("Doc")


def to_record(document: Document) -> dict[str, Any]:
    """The document as plain JSON values; what is not there leaves no trace.

    So what was frozen before there was such a part keeps its hash.
    """
    record: dict[str, Any] = json.loads(json.dumps(asdict(document), default=_plain))
    for part in ("passages", "lanes"):
        if not record.get(part, True):
            del record[part]
    return record if record["seal"] else without_seal(record)


def without_seal(record: dict[str, Any]) -> dict[str, Any]:
    """What the document says, whenever it was frozen: the seal moves on with every deed."""
    return {name: value for name, value in record.items() if name != "seal"}


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


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
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
