"""The worker's part: it makes the files that rows of the database say are to be made."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from agencies.lock import machine
from bulletins.exporting import expiring
from bulletins.exporting.working import work_on
from bulletins.models import Export

log = logging.getLogger(__name__)

# A worker belongs to others too: a long file is made in turns.
TURN = timedelta(seconds=20)
# What stood still for so long was never heard, or its worker died.
STOOD_STILL = timedelta(seconds=30)
AT_ONCE = 200


def ring_export(*, export_id: int) -> None:
    """Tell a worker; where the broker is away, the sweep will."""
    try:
        make_file.delay(export_id=export_id)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("Export %s not rung, the sweep will: %s", export_id, error)


@shared_task
def make_file(*, export_id: int, **_: object) -> None:
    """Work on a file for one turn, then stand at the end of the queue again."""
    if work_on(export_id, until=timezone.now() + TURN):
        ring_export(export_id=export_id)


@shared_task
def sweep_exports(**_: object) -> None:
    """Ring again for files whose worker died or was never told."""
    before = timezone.now() - STOOD_STILL
    with machine():
        left = Export.objects.at_work().filter(rung_at__lt=before)
        lost = list(left.order_by("rung_at").values_list("pk", flat=True)[:AT_ONCE])
    for pk in lost:
        ring_export(export_id=pk)


@shared_task
def expire_exports(**_: object) -> None:
    """Remove files whose time is over, and those that no row names."""
    expiring.remove_old(timezone.now())
    expiring.remove_nameless(timezone.now())
