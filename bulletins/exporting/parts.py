"""What stands in the file of each document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from agencies.models import User
from bulletins.choices import BriefKind, ExportItemState
from bulletins.models import Brief, Bulletin, Export

FIELDS = ("pk", "reference", "title", "content__mark", "language", "agency__code")


@dataclass(frozen=True)
class Part:
    """A document in the file: where, what it says of itself, and where it is stored."""

    item: int
    path: str
    number: str
    title: str
    # Of which record: the number of the incident or the review; a bulletin is its own.
    of: str
    language: str
    agency: str
    tlp: str
    classification: str
    caveats: tuple[str, ...]
    stored: str
    sha256: str
    size: int
    pages: int


def parts_of(export: Export, by: User) -> list[Part]:
    """The documents that were made and that `by` may read now, in the order of the list."""
    items = export.items.filter(state=ExportItemState.DONE).select_related("document")
    rows = list(items.order_by("position"))
    briefs = Brief.objects.visible_to(by).filter(pk__in=[each.brief_id for each in rows])
    bulletins = Bulletin.objects.visible_to(by).filter(pk__in=[each.bulletin_id for each in rows])
    made = _told(briefs, "kind", "incident__reference", "review__reference")
    issued = _told(bulletins, "edition")
    parts = []
    for item in rows:
        told = made.get(item.brief_id or 0) or issued.get(item.bulletin_id or 0)
        if told is not None and item.document is not None:
            parts.append(_part(item.pk, told, item.document))
    return parts


def _told(rows: "QuerySet[Any]", *more: str) -> dict[int, dict[str, Any]]:
    return {row["pk"]: row for row in rows.values(*FIELDS, *more)}


def _part(item: int, told: Mapping[str, Any], document: Any) -> Part:
    number, mark = told["reference"], told["content__mark"]
    if "edition" in told:
        path, of = f"bulletins/{number}-{told['edition']}.pdf", number
    elif told["kind"] == BriefKind.INCIDENT:
        path, of = f"incidents/{number}.pdf", told["incident__reference"]
    else:
        path, of = f"reviews/{number}.pdf", told["review__reference"]
    return Part(
        item=item,
        path=path,
        number=number,
        title=told["title"],
        of=of,
        language=told["language"],
        agency=told["agency__code"],
        tlp=mark["tlp"],
        classification=mark["classification"],
        caveats=tuple(mark["caveats"]),
        stored=document.path,
        sha256=document.sha256,
        size=document.size,
        pages=document.pages,
    )
