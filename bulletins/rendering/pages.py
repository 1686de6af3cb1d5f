"""Documents to HTML, in the language of the document. Every text of a person is autoescaped."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agencies.choices import TLP, Caveat, Classification
from bulletins.rendering.contents import order_of
from bulletins.rendering.documents import BriefDocument, BulletinDocument
from bulletins.rendering.documents_kinds import TEMPLATES, Document
from bulletins.rendering.records import record_hash, to_record, without_urdu

# A document longer than this gets a table of contents.
PAGES_WITHOUT_CONTENTS = 3
ROWS_A_PAGE = 26
# So much of the hash goes into an address: 64 bits.
SHORT = 16
# Before the names of places in the second language of a document; its own is the first.
SECOND = "ur-"
PLACES = re.compile(r'(\bid="(?!second")|\bhref="#|="url\(#)')
# Nastaliq is a fifth deeper than Latin and its small type is larger.
URDU_DEPTH = 1.4
SHEET = "print/bulletin.css"
SCREEN_SHEET = "print/preview.css"


@dataclass(frozen=True)
class Label:
    """A sharing label as the key of the document lists it."""

    words: str
    colour: str
    readers: str
    is_ours: bool


def html_of(document: Document) -> str:
    """The whole page source of a document; of one in both languages, English first."""
    return _page(document)


def preview_of(document: Document) -> str:
    """The same page for a screen: with the sheet, and “Draft” across it; nothing of it is kept."""
    return _page(document, sheets=(SHEET, SCREEN_SHEET))


def _page(document: Document, *, sheets: tuple[str, ...] = ()) -> str:
    """Sheets are named only for a screen: the renderer has its own."""
    record = to_record(document)
    digest = record_hash(record)
    second = ""
    if (urdu := _urdu_of(document)) is not None:
        # Made of the whole record, like the first: so it carries its seal and its hash.
        urdu = replace(urdu, seal=document.seal)
        second = _apart(_set(urdu, "_second", digest, length(to_record(urdu))))
    pages = length(without_urdu(record))
    return _set(document, "_frame", digest, pages, second=second, sheets=sheets)


def _urdu_of(document: Document) -> BulletinDocument | BriefDocument | None:
    """The same in Urdu; a page of one side is in one language."""
    return document.urdu if isinstance(document, BulletinDocument | BriefDocument) else None


def _set(
    document: Document,
    frame: str,
    digest: str,
    pages: float,
    *,
    second: str = "",
    sheets: tuple[str, ...] = (),
) -> str:
    """One language of a document."""
    with translation.override(document.language):
        return render_to_string(
            f"bulletins/pdf/{TEMPLATES[type(document)]}.html",
            {
                "frame": f"bulletins/pdf/{frame}.html",
                "second": second,
                "sheets": sheets,
                "doc": document,
                "order": order_of(document) if isinstance(document, BulletinDocument) else None,
                "mark": _marking(document),
                "labels": labels(document.mark.tlp),
                "sha256": digest,
                "code": code_of(document.number, digest),
                "verify_at": settings.PUBLIC_ADDRESS,
                "direction": "rtl" if document.language == "ur" else "ltr",
                "has_contents": pages > PAGES_WITHOUT_CONTENTS,
            },
        )


def _apart(html: str) -> SafeString:
    """The second language with names of its own for the places that links lead to.

    What a person typed is escaped in it, so it holds no such attribute.
    """
    return SafeString(PLACES.sub(rf"\1{SECOND}", html))


def code_of(number: str, digest: str) -> str:
    """What the QR code says: where to ask whether it is genuine, or number and hash alone."""
    if not settings.PUBLIC_ADDRESS:
        return f"{number} sha256:{digest}"
    return f"{settings.PUBLIC_ADDRESS}/verify/{number}/{digest[:SHORT]}/"


def _marking(document: Document) -> dict[str, object]:
    """The marking in words; in an Urdu document the English word stays, as stamps carry it."""
    level = Classification(document.mark.classification)
    with translation.override("en"):
        english = str(level.label)
    local = str(level.label)
    small = [local] if local != english else []
    if _urdu_of(document) is not None:
        with translation.override("ur"):
            small.append(str(level.label))
    small += [str(Caveat(each).label) for each in document.mark.caveats]
    if document.is_example:
        small.append(_("Example"))
    tlp = TLP(document.mark.tlp)
    return {
        "classification": english,
        "small": " · ".join(small),
        "tlp": tlp.label,
        "colour": tlp.colour,
    }


def labels(ours: str) -> list[Label]:
    """The five sharing labels and who reads each on this deployment."""
    readers = {
        TLP.RED: _("Named people only"),
        TLP.AMBER_STRICT: _("The agency that owns the record"),
        TLP.AMBER: _("The owner, and the agencies or groups it was released to"),
        TLP.GREEN: _("Every agency on this deployment"),
        TLP.CLEAR: _("Anyone"),
    }
    return [Label(str(tlp.label), tlp.colour, words, tlp == ours) for tlp, words in readers.items()]


def length(record: dict[str, Any]) -> float:
    """About how many pages a record will take; enough to decide on a table of contents."""
    rows = sum(len(each) for each in record.values() if isinstance(each, list))
    # A bulletin has a front page and two annexes of its own; a brief is set tighter.
    start, characters = (1.6, 2600) if "edition" in record else (0.6, 4500)
    pages = start + _characters(record) / characters + rows / ROWS_A_PAGE
    return pages * (URDU_DEPTH if record["language"] == "ur" else 1)


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_characters(each) for each in value.values())
    if isinstance(value, list):
        return sum(_characters(each) for each in value)
    return 0
