"""Handing out a numbered copy, and finding out whose copy a page is."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from agencies.numbers import queue_up
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.choices import BulletinState, spoken
from bulletins.models import Bulletin, Copy, CopyQuerySet, Document, Release
from bulletins.rendering.copies import tracing
from bulletins.rendering.copies.codes import key_of
from bulletins.rendering.copies.finishing import finish_copy
from bulletins.rendering.copies.stamping import Stamp, stamped
from core.errors import RuleBroken

# As many bytes as a scan of one page may have.
LARGEST_UPLOAD = 40 << 20


class CannotTrace(RuleBroken):
    """The file is not compared."""


@dataclass(frozen=True)
class Traced:
    """What came of comparing a file with the copies of a bulletin."""

    trace: tracing.Trace
    copies: list[Copy]


@deed
def hand_out_copy(*, bulletin_id: int, document_id: int, by: User, at: datetime) -> Copy:
    """The person's own copy of the document; asked for again, it is the one they have."""
    bulletin = Bulletin.objects.visible_to(by).select_related("agency").get(pk=bulletin_id)
    if bulletin.state != BulletinState.ISSUED:
        raise PermissionDenied
    document = Document.objects.get(pk=document_id, renderings__bulletin=bulletin)
    mine = Copy.objects.filter(bulletin=bulletin, document=document, person=by)
    if copy := mine.first():
        return copy
    queue_up(f"copies of bulletin {bulletin.pk}")
    if copy := mine.first():
        return copy
    number = _next_number(bulletin)
    copy = Copy.objects.create(
        bulletin=bulletin,
        document=document,
        release=_release_to(bulletin, by),
        person=by,
        agency=by.agency,
        number=number,
        line=_line(bulletin, number, by, at),
        made_at=at,
    )
    record(Verb.COPY_MADE, by=by, target=bulletin, at=at, copy=number, document=document.sha256)
    return copy


def maker(copy: Copy) -> Callable[[], bytes]:
    """What makes the bytes of a copy. It asks the database nothing: it may run after the answer."""
    bulletin, path = copy.bulletin, copy.document.path
    stamp = Stamp(
        number=copy.number,
        line=copy.line,
        name=f"{bulletin.reference} edition {bulletin.edition} copy {copy.number}",
        key=key_of(settings.SECRET_KEY, bulletin.pk),
    )

    def made() -> bytes:
        with default_storage.open(path, "rb") as file:
            return finish_copy(stamped(file.read(), stamp))

    return made


@deed
def trace_copy(*, bulletin_id: int, upload: bytes, by: User, at: datetime) -> Traced:
    """Find out whose copy of a bulletin a PDF or a scan is. The file itself is not kept.

    Who asked and what came out is recorded, also when nothing did.
    """
    bulletin = Bulletin.objects.visible_to(by).get(pk=bulletin_id)
    if not policies.can_trace(by, bulletin):
        raise PermissionDenied
    if len(upload) > LARGEST_UPLOAD:
        raise CannotTrace(_("The file is too large. Give one page of it."))
    if not _alone(by):
        raise CannotTrace(_("Your agency has a page compared just now. Wait until it is done."))
    copies = Copy.objects.visible_to(by).filter(bulletin=bulletin)
    issues = _issues(copies)
    trace = tracing.Trace(tracing.Outcome.OTHER)
    # A copy made under an earlier secret is found as long as that secret is kept as a fallback.
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        trace = tracing.trace(upload, key_of(secret, bulletin.pk), issues)
        if trace.numbers or trace.outcome in {tracing.Outcome.OTHER, tracing.Outcome.UNREADABLE}:
            break
    found = list(
        copies.filter(number__in=trace.numbers)
        .select_related("person", "agency")
        .order_by("number")
    )
    record(
        Verb.COPY_TRACED,
        by=by,
        target=bulletin,
        at=at,
        file=hashlib.sha256(upload).hexdigest(),
        outcome=str(trace.outcome),
        copies=list(trace.numbers),
        chance=f"{trace.chance:.1e}",
        of_picture=trace.of_picture,
    )
    return Traced(trace, found)


def _issues(copies: CopyQuerySet) -> list[tracing.Issue]:
    """Each document of which copies were made, with their numbers, the newest first."""
    numbers: dict[int, list[int]] = {}
    for of_document, number in copies.order_by("number").values_list("document", "number"):
        numbers.setdefault(of_document, []).append(number)
    issues = []
    for document in Document.objects.filter(pk__in=numbers).order_by("-made_at", "-pk"):
        if default_storage.exists(document.path):
            with default_storage.open(document.path, "rb") as file:
                issues.append(tracing.Issue(file.read(), tuple(numbers[document.pk])))
    return issues


def _next_number(bulletin: Bulletin) -> int:
    """Counted over all copies, also those that the reader may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bulletins_last_copy(%s)", [bulletin.pk])
        row: tuple[int] = cursor.fetchone()
    return row[0] + 1


def _release_to(bulletin: Bulletin, by: User) -> Release | None:
    """The release that the person's agency was sent, the first of them."""
    if by.agency_id == bulletin.agency_id:
        return None
    live = Release.objects.live().filter(bulletin=bulletin, receipts__agency=by.agency_id)
    return live.order_by("shared_at", "pk").first()


def _line(bulletin: Bulletin, number: int, reader: User, when: datetime) -> str:
    """Name, post, unit, time and number, in the language of the document."""
    with translation.override(spoken(bulletin.language)):
        moment = date_format(timezone.localtime(when), "j M Y, H:i")
        number_words = _("Copy %(number)s") % {"number": number}
        parts = [number_words, reader.name, reader.post, str(reader.agency.label), moment]
    return " · ".join(part.strip() for part in parts if part.strip())[:500]


def _alone(by: User) -> bool:
    """Whether nobody of the agency is having a page compared; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"tracing for agency {by.agency_id}"],
        )
        row: tuple[bool] = cursor.fetchone()
    return row[0]
