"""The worker's part: it sends the e-mails that rows say are owed, and lets the clock speak."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from bulletins.noticing import mailing, reminding

log = logging.getLogger(__name__)

# A worker belongs to others too: many e-mails are sent in turns.
TURN = timedelta(seconds=20)


def ring_mail() -> None:
    """Tell a worker; where the broker is away, the sweep will."""
    try:
        send_notices.delay()
    except (OperationalError, RedisError, OSError) as error:
        log.warning("E-mails not rung, the sweep will: %s", error)


@shared_task
def send_notices(**_: object) -> None:
    """Send what waits for one turn; beat asks again for what is left or was refused for now."""
    if mailing.send_waiting(until=timezone.now() + TURN):
        ring_mail()


@shared_task
def remind_of_receipts(**_: object) -> None:
    """Say what is to be said now of what is owed."""
    if reminding.remind_at(timezone.now()):
        ring_mail()
