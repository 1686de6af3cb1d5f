"""Tells a screen reader which passages are in which language (ISO 32000-1, 14.9.2).

WeasyPrint gives the document one language; PDF/UA-1 (7.2) asks for that of each passage. WeasyPrint
70 has no hook for this, so the function that makes a structure element is wrapped.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

MAKER = "_build_box_tree"
_made = getattr(tags, MAKER)
WHOLE = frozenset({"html", "body"})


def install() -> None:
    """Have each structure element carry the `lang` of its HTML; twice is the same as once."""
    setattr(tags, MAKER, _spoken)


def _spoken(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
    html = getattr(box, "element", None)
    lang = html.get("lang") if html is not None and box.element_tag not in WHOLE else None
    for element in _made(box, parent, *rest):
        if lang and "Lang" not in element:
            element["Lang"] = pydyf.String(lang)
        yield element
