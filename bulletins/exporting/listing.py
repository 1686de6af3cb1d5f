"""The lists in the file: an index page for people, a table, and a manifest that is signed."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from agencies.choices import TLP, Caveat, Classification
from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from audit.sealing.keys import key_id, public_bytes, signing_key
from bulletins.exporting.parts import Part
from bulletins.models import Export
from bulletins.selectors.exports import Missing, words_of
from core.cells import plain_cell

INDEX, TABLE = "index.html", "documents.csv"
MANIFEST, SIGNATURE = "manifest.json", "manifest.json.sig"
FORM, VERSION = "aar-export", 1
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
COLUMNS = (
    *("path", "number", "of", "title", "language", "agency", "tlp", "classification"),
    *("caveats", "pages", "size", "sha256"),
)


def index_page(
    export: Export, by: User, parts: Sequence[Part], missing: Sequence[Missing]
) -> bytes:
    """A page that needs nothing beside it: what is in the file, with links, and what is not."""
    mark = marking(parts)
    context = {
        "export": export,
        "by": by,
        "mark": mark,
        "level": _stamped(mark),
        "tlp": TLP(mark.tlp),
        "filters": list(words_of(export.subject, export.query)),
        "rows": [(part, _marked(part)) for part in parts],
        "missing": missing,
        "key": key_id(public_bytes(signing_key())),
        "direction": "rtl" if export.language == "ur" else "ltr",
        "names": {"table": TABLE, "manifest": MANIFEST, "signature": SIGNATURE},
    }
    return render_to_string("bulletins/export_index.html", context).encode()


def table(parts: Sequence[Part]) -> bytes:
    """A table that a spreadsheet opens and no spreadsheet runs."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(COLUMNS)
    for part in parts:
        cells = {**vars(part), "caveats": ";".join(part.caveats)}
        writer.writerow([plain_cell(cells[name]) for name in COLUMNS])
    return BYTE_ORDER_MARK + told.getvalue().encode()


def manifest(
    export: Export, parts: Sequence[Part], beside: Mapping[str, bytes], *, missing: int
) -> bytes:
    """What is in the file, to the byte; one spelling for one content."""
    told = {
        "form": FORM,
        "version": VERSION,
        "number": export.reference,
        "asked": export.asked_at.astimezone(UTC).isoformat(),
        "subject": export.subject,
        "filters": export.query,
        "language": export.language,
        "marking": _mark(marking(parts)),
        "key": key_id(public_bytes(signing_key())),
        "documents": [_document(part) for part in parts],
        "files": [
            {"path": name, "sha256": sha256(content).hexdigest(), "size": len(content)}
            for name, content in beside.items()
        ],
        "not_included": missing,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def signature(text: bytes) -> bytes:
    """Ed25519, 64 bytes, by the key that seals the record of deeds."""
    return signing_key().sign(text)


def marking(parts: Sequence[Part]) -> PageMarking:
    """The highest of all documents; there is at least one."""
    found = highest_of([(part.tlp, part.classification, part.caveats) for part in parts])
    if found is None:
        raise ValueError("a file without documents has no marking")
    return found


def _document(part: Part) -> dict[str, Any]:
    return {
        "path": part.path,
        "sha256": part.sha256,
        "size": part.size,
        "pages": part.pages,
        "number": part.number,
        "of": part.of,
        "title": part.title,
        "language": part.language,
        "marking": _mark(PageMarking(part.tlp, part.classification, list(part.caveats))),
    }


def _stamped(mark: PageMarking) -> str:
    """The classification as stamps carry it: the English word, beside it that of the page."""
    level = Classification(mark.classification)
    with translation.override("en"):
        english = str(level.label)
    return english if english == str(level.label) else f"{english} · {level.label}"


def _mark(mark: PageMarking) -> dict[str, Any]:
    return {"tlp": mark.tlp, "classification": mark.classification, "caveats": mark.caveats}


def _marked(part: Part) -> str:
    """Its marking in words."""
    caveats = [str(Caveat(each).label) for each in part.caveats]
    level = str(Classification(part.classification).label)
    return " · ".join([level, str(TLP(part.tlp).label), *caveats])
