"""What a recipient does with a bulletin: opens, acknowledges, briefs, acts, or says why not."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.inputs import Briefing, Deed
from bulletins.models import Brief, Bulletin, Receipt
from core.errors import RuleBroken


class ReceiptRefused(RuleBroken):
    """The receipt cannot be written like this."""


@deed
def open_bulletin(*, bulletin_id: int, by: User, at: datetime) -> None:
    """The PDF was handed out. The first time for an agency it was sent to counts as opened."""
    bulletin = Bulletin.objects.visible_to(by).get(pk=bulletin_id)
    record(Verb.BULLETIN_DOWNLOADED, by=by, target=bulletin, at=at)
    receipts = Receipt.objects.live().filter(bulletin=bulletin, agency=by.agency_id, opened_at=None)
    for receipt in receipts.select_for_update(of=("self",)):
        receipt.opened_at, receipt.opened_by = at, by
        receipt.save(update_fields=["opened_at", "opened_by"])
        record(Verb.RECEIPT_OPENED, by=by, target=bulletin, at=at, receipt=receipt.pk)


@deed
def open_brief(*, brief_id: int, by: User, at: datetime) -> None:
    """The PDF of a brief was handed out."""
    brief = Brief.objects.visible_to(by).get(pk=brief_id)
    record(Verb.BRIEF_DOWNLOADED, by=by, target=brief, at=at)


@deed
def acknowledge_bulletin(*, bulletin_id: int, by: User, at: datetime) -> list[Receipt]:
    """The agency has it and has taken note. Twice is the same as once."""
    bulletin, receipts = _ours(bulletin_id, by)
    _acknowledge(bulletin=bulletin, receipts=receipts, by=by, at=at)
    return receipts


@deed
def record_briefing(
    *, bulletin_id: int, briefing: Briefing, by: User, at: datetime
) -> list[Receipt]:
    """How many units have been briefed, of how many, and which; a later count replaces it."""
    bulletin, receipts = _ours(bulletin_id, by)
    units, of_units, names = briefing.units, briefing.of_units, "\n".join(briefing.names)
    if units < 0 or of_units < 1 or units > of_units:
        raise ReceiptRefused(_("Units briefed cannot be more than there are."))
    if len(briefing.names) > units:
        raise ReceiptRefused(_("More units are named than were briefed."))
    if briefing.on_date is not None and briefing.on_date > timezone.localdate(at):
        raise ReceiptRefused(_("The day they were briefed is in the future."))
    told = {
        "units_briefed": units,
        "units_total": of_units,
        "units_named": names,
        "briefed_on_date": briefing.on_date,
    }
    for receipt in receipts:
        if all(getattr(receipt, name) == value for name, value in told.items()):
            continue
        for name, value in told.items():
            setattr(receipt, name, value)
        receipt.briefed_at, receipt.briefed_by = at, by
        receipt.save(update_fields=[*told, "briefed_at", "briefed_by"])
        record(
            Verb.RECEIPT_BRIEFED,
            by=by,
            target=bulletin,
            at=at,
            receipt=receipt.pk,
            units=units,
            of_units=of_units,
            named=len(briefing.names),
        )
    return receipts


@deed
def record_action(*, bulletin_id: int, deed: Deed, by: User, at: datetime) -> list[Receipt]:
    """The agency says what it did. Acting also acknowledges; a second telling changes nothing."""
    bulletin, receipts = _ours(bulletin_id, by)
    if not deed.text.strip():
        raise ReceiptRefused(_("Say what was done."))
    if deed.on_date > timezone.localdate(at):
        raise ReceiptRefused(_("The day it was done is in the future."))
    _acknowledge(bulletin=bulletin, receipts=receipts, by=by, at=at)
    for receipt in receipts:
        if receipt.acted_at is not None:
            continue
        if receipt.declined_at is not None:
            raise ReceiptRefused(_("Your agency has recorded that nothing was done."))
        receipt.acted_at, receipt.acted_by = at, by
        receipt.acted_text, receipt.acted_on_date = deed.text.strip(), deed.on_date
        receipt.acted_evidence = deed.evidence.strip()
        receipt.save()
        record(
            Verb.RECEIPT_ACTED,
            by=by,
            target=bulletin,
            at=at,
            receipt=receipt.pk,
            on_date=deed.on_date.isoformat(),
        )
    return receipts


@deed
def decline_action(*, bulletin_id: int, reason: str, by: User, at: datetime) -> list[Receipt]:
    """The agency says that nothing was done, and why. A second telling changes nothing."""
    bulletin, receipts = _ours(bulletin_id, by)
    if not reason.strip():
        raise ReceiptRefused(_("Say why nothing was done."))
    _acknowledge(bulletin=bulletin, receipts=receipts, by=by, at=at)
    for receipt in receipts:
        if receipt.declined_at is not None:
            continue
        if receipt.acted_at is not None:
            raise ReceiptRefused(_("Your agency has recorded what was done."))
        receipt.declined_at, receipt.declined_by = at, by
        receipt.declined_reason = reason.strip()
        receipt.save()
        record(Verb.RECEIPT_DECLINED, by=by, target=bulletin, at=at, receipt=receipt.pk)
    return receipts


@deed
def _acknowledge(*, bulletin: Bulletin, receipts: list[Receipt], by: User, at: datetime) -> None:
    for receipt in receipts:
        if receipt.acknowledged_at is None:
            receipt.acknowledged_at, receipt.acknowledged_by = at, by
            receipt.save(update_fields=["acknowledged_at", "acknowledged_by"])
            record(Verb.RECEIPT_ACKNOWLEDGED, by=by, target=bulletin, at=at, receipt=receipt.pk)


def _ours(bulletin_id: int, by: User) -> tuple[Bulletin, list[Receipt]]:
    """The bulletin and the live receipts of the person's agency, locked."""
    bulletin = Bulletin.objects.visible_to(by).get(pk=bulletin_id)
    receipts = list(
        Receipt.objects.live()
        .filter(bulletin=bulletin, agency=by.agency_id)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not receipts or not all(policies.can_answer(by, receipt) for receipt in receipts):
        raise PermissionDenied
    return bulletin, receipts
