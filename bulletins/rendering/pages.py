"""Documents to HTML, in the language of the document. Every text of a person is autoescaped."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.choices import TLP, Caveat, Classification
from bulletins.rendering.documents import BulletinDocument, Document
from bulletins.rendering.records import record_hash, to_record

# A document longer than this gets a table of contents.
PAGES_WITHOUT_CONTENTS = 3
ROWS_A_PAGE = 26
# Nastaliq is a fifth deeper than Latin and its small type is larger.
URDU_DEPTH = 1.4


@dataclass(frozen=True)
class Label:
    """A sharing label as the key of the document lists it."""

    words: str
    colour: str
    readers: str
    is_ours: bool


def html_of(document: Document) -> str:
    """The whole page source of a document."""
    record = to_record(document)
    digest = record_hash(record)
    with translation.override(document.language):
        template = "bulletin" if isinstance(document, BulletinDocument) else "brief"
        return render_to_string(
            f"bulletins/pdf/{template}.html",
            {
                "doc": document,
                "mark": _marking(document),
                "labels": labels(document.mark.tlp),
                "sha256": digest,
                "code": f"{document.number} sha256:{digest}",
                "direction": "rtl" if document.language == "ur" else "ltr",
                "has_contents": length(record) > PAGES_WITHOUT_CONTENTS,
            },
        )


def _marking(document: Document) -> dict[str, object]:
    """The marking in words; in an Urdu document the English word stays, as stamps carry it."""
    level = Classification(document.mark.classification)
    with translation.override("en"):
        english = str(level.label)
    local = str(level.label)
    small = [local] if local != english else []
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
