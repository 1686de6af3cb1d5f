"""The outbox: each notice is sent once, as far as SMTP allows.

The row is locked while its e-mail is handed to the server and is settled in the same transaction. A
worker that dies before it is settled leaves it waiting: it is sent again under the same Message-ID,
by which mail programs know it. So every e-mail is sent at least once, and twice only where a worker
died between the server's word and its own.
"""

import logging
from datetime import datetime, timedelta
from smtplib import (
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.utils import timezone

from agencies.choices import Classification
from agencies.lock import machine
from audit.choices import Verb
from audit.record import record
from bulletins.choices import Delivery, Language, MailState, NoticeKind
from bulletins.models import Notice, NoticeChoice
from bulletins.noticing.messages import message_of
from bulletins.selectors.notices import is_overtaken

log = logging.getLogger(__name__)

# How long after each refusal the next try waits; after the last of them there is none.
WAITS = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15)),
    *(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24)),
)
# From here on an SMTP answer is for good (RFC 5321, 4.2.1).
FOR_GOOD = 500
DELIVERED = "SELECT * FROM bulletins_delivered(%s, %s, %s, %s)"


def send_waiting(*, until: datetime) -> bool:
    """Send what waits; whether some is left for another turn. Stops where the server is away."""
    server = get_connection(fail_silently=False)
    try:
        while True:
            settled = _send_next(server)
            if settled is None or timezone.now() >= until:
                return bool(settled)
    except (OSError, SMTPException) as error:
        log.warning("The mail server is away: %s", error)
        return False
    finally:
        server.close()


def _send_next(server: BaseEmailBackend) -> bool | None:
    """Settle one notice; None where none waits. Raises where no server answers at all."""
    now = timezone.now()
    with machine():
        notice = (
            Notice.objects.to_be_mailed()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(try_at__lte=now)
            .select_related("person", "agency", "sender")
            .order_by("try_at", "pk")
            .first()
        )
        if notice is None:
            return None
        language = _language(notice)
        if language is None:
            notice.state = MailState.UNWANTED
            notice.save(update_fields=["state"])
            return True
        refusal = _handed_over(notice, language, server, now)
    if refusal is not None and _is_away(refusal):
        raise refusal
    return True


def _handed_over(
    notice: Notice, language: str, server: BaseEmailBackend, now: datetime
) -> Exception | None:
    """Hand it to the server and note how that went; what went wrong, if anything did."""
    try:
        server.open()
        server.send_messages([message_of(notice, language, _earlier(notice))])
    except (OSError, SMTPException) as error:
        # Whatever state the connection is in: the next one begins anew.
        server.close()
        _wait_or_fail(notice, error, now)
        return error
    notice.state, notice.sent_at, notice.error = MailState.SENT, now, ""
    notice.attempts += 1
    notice.save(update_fields=["state", "sent_at", "error", "attempts"])
    if notice.kind == NoticeKind.RELEASED:
        note_delivered(notice, now)
    return None


def note_delivered(notice: Notice, at: datetime) -> None:
    """Our mail server took the notice of a release: the first sign of delivery."""
    with database.cursor() as cursor:
        cursor.execute(DELIVERED, [notice.release_id, notice.agency_id, at, str(Delivery.MAIL)])
        if cursor.fetchall():
            record(Verb.RECEIPT_DELIVERED, by=None, target=notice, at=at, way=Delivery.MAIL)


def _language(notice: Notice) -> str | None:
    """In which language it is wanted by e-mail; None where it is not."""
    person = notice.person
    cleared = notice.classification in Classification.up_to(person.clearance)
    if not (settings.MAIL_IS_ON and person.is_active and person.email and cleared):
        return None
    if is_overtaken(notice):
        return None
    choice = NoticeChoice.objects.filter(person=person).first()
    if choice is None:
        return Language.ENGLISH
    return choice.language if notice.kind in choice.by_mail else None


def _earlier(notice: Notice) -> list[Notice]:
    """What the person got by e-mail of the same bulletin before, the oldest first."""
    rows = Notice.objects.filter(
        person=notice.person_id, reference=notice.reference, state=MailState.SENT
    )
    return list(rows.exclude(pk=notice.pk).order_by("sent_at", "pk"))


def _wait_or_fail(notice: Notice, error: Exception, now: datetime) -> None:
    """Try later what may go then; else say why it did not."""
    code = _code(error)
    notice.attempts += 1
    notice.error = f"{type(error).__name__}: {error}"[:200]
    fields = ["attempts", "error"]
    if code >= FOR_GOOD or notice.attempts > len(WAITS):
        notice.state = MailState.FAILED
        fields.append("state")
        record(Verb.MAIL_FAILED, by=None, target=notice, at=now, error=notice.error)
    else:
        notice.try_at = now + WAITS[notice.attempts - 1]
        fields.append("try_at")
    notice.save(update_fields=fields)


def _is_away(error: Exception) -> bool:
    """Whether the next e-mail would fare no better now."""
    nobody = not isinstance(error, SMTPException)
    return nobody or isinstance(error, SMTPConnectError | SMTPServerDisconnected)


def _code(error: Exception) -> int:
    """The server's answer; 0 where there was none."""
    if isinstance(error, SMTPRecipientsRefused):
        return max((code for code, _words in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, SMTPResponseException) else 0
