"""The record as a file that can be verified without this product: tools/verify_audit.py.

JSON lines; the content of an event stands last in its line, byte for byte as it was sealed.
"""

import json
from pathlib import Path
from typing import Any, BinaryIO

from audit.models import Leaf, Seal, SealKey
from audit.sealing import reading
from audit.sealing.checkpoints import checkpoint_of

FORM = "aar-record-1"


def export(path: Path) -> int:
    """Write the whole record to `path`; how many events."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file, reading.whole_record():
        count = _write(file)
    draft.replace(path)
    return count


def _write(file: BinaryIO) -> int:
    _line(file, form=FORM, oldest_transaction=reading.oldest_transaction())
    for key in SealKey.objects.order_by("first_used_at"):
        _line(file, key=key.key_id, public=bytes(key.public).hex())
    count, size, last = 0, 0, 0
    while seals := list(Seal.objects.filter(number__gt=last).order_by("number")[:500]):
        rows = reading.Places(size, seals[-1].size)
        for seal in seals:
            _line(
                file,
                checkpoint=checkpoint_of(seal).text().decode(),
                signature=bytes(seal.signature).hex(),
                frontier=bytes(seal.frontier).hex(),
            )
            for row in rows.until(seal.size):
                file.write(_place(row))
                count += 1
        rows.finish()
        size, last = seals[-1].size, seals[-1].number
    for leaf in Leaf.objects.filter(position__gt=size).order_by("position").iterator():
        _line(file, loose=leaf.position, event=leaf.event_id)
    for event, content, _transaction in reading.unsealed():
        file.write(b'{"unsealed": %d, "content": %s}\n' % (event, content))
        count += 1
    return count


def _place(row: reading.Row) -> bytes:
    position, event, leaf, content, _transaction = row
    return b'{"place": %d, "event": %d, "hash": "%s", "content": %s}\n' % (
        position,
        event,
        leaf.hex().encode(),
        b"null" if content is None else content,
    )


def _line(file: BinaryIO, **values: Any) -> None:
    file.write(json.dumps(values).encode() + b"\n")
