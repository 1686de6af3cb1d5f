"""Asking for many documents in one file, breaking that off, going on, and taking the file."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.actions.reading import note_reads
from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.actions.numbers import next_reference
from bulletins.actions.receipts import open_bulletin
from bulletins.choices import (
    MOST_DOCUMENTS,
    MOST_EXPORTS_AT_WORK,
    ExportItemState,
    ExportState,
    ExportSubject,
)
from bulletins.exporting.tasks import ring_export
from bulletins.inputs import ExportWish
from bulletins.models import Brief, Bulletin, Export, ExportItem, Receipt
from bulletins.selectors.exports import chosen, progress_of
from core.errors import RuleBroken

# Which column of an item names the record.
COLUMN = {
    ExportSubject.INCIDENTS: "incident_id",
    ExportSubject.REVIEWS: "review_id",
    ExportSubject.BULLETINS: "bulletin_id",
}


class ExportRefused(RuleBroken):
    """The file cannot be made like this."""


class ExportOver(RuleBroken):
    """There is nothing to break off, to go on with, or to take."""


@deed
def ask_export(*, wish: ExportWish, by: User, at: datetime) -> Export:
    """Write down which documents are to be in the file; the worker makes it. Twice is once."""
    if not policies.can_export(by):
        raise PermissionDenied
    if wish.origin and (same := Export.objects.visible_to(by).filter(origin=wish.origin).first()):
        return same
    if Export.objects.visible_to(by).at_work().count() >= MOST_EXPORTS_AT_WORK:
        raise ExportRefused(
            _("%(n)s files of yours are being made. Wait for one of them, or cancel one.")
            % {"n": MOST_EXPORTS_AT_WORK}
        )
    rows = chosen(by, wish.subject, wish.query, at)
    numbers = list(rows.values_list("pk", flat=True)[: MOST_DOCUMENTS + 1])
    if not 0 < len(numbers) <= MOST_DOCUMENTS:
        raise ExportRefused(size_refusal(rows.count()))
    export = Export.objects.create(
        reference=next_reference(Export, "EX", at.year),
        agency_id=by.agency_id,
        asked_by=by,
        asked_at=at,
        subject=wish.subject,
        query=wish.query,
        language=wish.language,
        rung_at=at,
        origin=wish.origin or None,
    )
    ExportItem.objects.bulk_create(_items(export, numbers))
    record(
        Verb.EXPORT_ASKED,
        by=by,
        target=export,
        at=at,
        subject=wish.subject,
        filters=wish.query,
        documents=len(numbers),
    )
    _ring_when_stored(export)
    return export


@deed
def cancel_export(*, export_id: int, by: User, at: datetime) -> Export:
    """Stop after the document in hand. What is made stays made; it can go on where it was."""
    export = _fetched(export_id, by)
    if export.state == ExportState.CANCELLED:
        return export
    if not export.is_at_work:
        raise ExportOver(_("%(number)s is finished already.") % {"number": export.reference})
    export.state, export.finished_at = ExportState.CANCELLED, at
    export.save(update_fields=["state", "finished_at"])
    record(Verb.EXPORT_CANCELLED, by=by, target=export, at=at, **_counts(export))
    return export


@deed
def resume_export(*, export_id: int, by: User, at: datetime) -> Export:
    """Go on where it was; what failed is tried once more, what is there is not made again."""
    export = _fetched(export_id, by)
    if export.is_at_work:
        return export
    if not export.can_go_on:
        raise ExportOver(_("%(number)s is finished already.") % {"number": export.reference})
    export.items.filter(state=ExportItemState.FAILED).update(
        state=ExportItemState.WAITING, tries=0, why=""
    )
    export.state, export.fault, export.finished_at, export.rung_at = (
        *(ExportState.WAITING, "", None),
        at,
    )
    export.save(update_fields=["state", "fault", "finished_at", "rung_at"])
    record(Verb.EXPORT_RESUMED, by=by, target=export, at=at, **_counts(export))
    _ring_when_stored(export)
    return export


@deed
def note_taken(*, export_id: int, by: User, at: datetime) -> None:
    """The file was handed out: its documents count as read, bulletins sent to us as opened."""
    export = _fetched(export_id, by)
    if not export.is_there:
        raise ExportOver(_("The file of %(number)s is not there.") % {"number": export.reference})
    record(Verb.EXPORT_TAKEN, by=by, target=export, at=at, sha256=export.sha256, **_counts(export))
    made = export.items.filter(state=ExportItemState.DONE)
    for model, column in ((Brief, "brief"), (Bulletin, "bulletin")):
        rows = model.objects.visible_to(by).filter(pk__in=made.values(column))
        note_reads(records=rows.defer("content"), by=by, at=at)
    receipts = Receipt.objects.live().filter(agency=by.agency_id, opened_at=None)
    unopened = receipts.filter(bulletin__in=made.values("bulletin"))
    seen = Bulletin.objects.visible_to(by).filter(pk__in=unopened.values("bulletin"))
    for pk in seen.order_by("pk").values_list("pk", flat=True):
        open_bulletin(bulletin_id=pk, by=by, at=at)


def size_refusal(found: int) -> str:
    """Why so many documents are not put into one file; blank when they are."""
    if not found:
        return _("Nothing that you may read matches. Take a filter away.")
    if found <= MOST_DOCUMENTS:
        return ""
    return _(
        "%(n)s documents match, and one file holds %(most)s. Narrow the list, by year or district"
        " for example, and ask for several files."
    ) % {"n": f"{found:,}", "most": f"{MOST_DOCUMENTS:,}"}


def _items(export: Export, numbers: Iterable[int]) -> list[ExportItem]:
    column = COLUMN[ExportSubject(export.subject)]
    return [
        ExportItem(export=export, position=position, **{column: number})
        for position, number in enumerate(numbers, 1)
    ]


def _fetched(export_id: int, by: User) -> Export:
    export = Export.objects.visible_to(by).select_for_update(of=("self",)).get(pk=export_id)
    if not policies.can_work_on_export(by, export):
        raise PermissionDenied
    return export


def _counts(export: Export) -> dict[str, int]:
    counts = progress_of(export)
    return {"documents": counts.total, "made": counts.made, "left_out": counts.left_out}


def _ring_when_stored(export: Export) -> None:
    transaction.on_commit(partial(ring_export, export_id=export.pk))
