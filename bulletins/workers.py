"""Workers that are there: each writes its name and when it was last heard of.

Written by the parent process of a worker, beside the heartbeat that it sends anyway: it is there
while its child is busy with a long document, and what it writes needs no broker.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from celery.signals import heartbeat_sent, worker_ready, worker_shutdown
from django.db import Error, connection
from django.utils import timezone

from agencies.lock import machine
from bulletins.models import Worker

log = logging.getLogger(__name__)

TOUCH_EVERY = timedelta(seconds=20)
# Twice a touch may be missed.
ALIVE_FOR = timedelta(seconds=60)
# Names of workers that are gone are forgotten.
FORGOTTEN_AFTER = timedelta(days=1)


class Presence:
    """What this process has said of itself."""

    def __init__(self) -> None:
        self.name = ""
        self._said_at: datetime | None = None

    def begin(self, name: str) -> None:
        """The worker takes jobs from now on, under this name."""
        self.name, self._said_at = name, None
        self.touch()

    def touch(self) -> None:
        """Say that it is there, when that was not said just now."""
        now = timezone.now()
        if not self.name or (self._said_at and now - self._said_at < TOUCH_EVERY):
            return
        self._said_at = now
        self._write(now)

    def end(self) -> None:
        """It takes no more jobs."""
        if self.name:
            self._write(None)
        self.name = ""

    def _write(self, now: datetime | None) -> None:
        """Never keep a worker from its work: a database that is away is written to later."""
        try:
            with machine():
                if now is None:
                    Worker.objects.filter(name=self.name).delete()
                    return
                Worker.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
                Worker.objects.update_or_create(
                    name=self.name,
                    defaults={"seen_at": now},
                    create_defaults={"seen_at": now, "started_at": now},
                )
        except Error as error:
            log.warning("Presence of %s not written: %s", self.name, type(error).__name__)
        finally:
            # Children that are forked later inherit no connection.
            connection.close()


PRESENCE = Presence()


@worker_ready.connect
def _on_ready(sender: Any = None, **_: object) -> None:
    PRESENCE.begin(str(getattr(sender, "hostname", "") or ""))


@heartbeat_sent.connect
def _on_heartbeat(**_: object) -> None:
    PRESENCE.touch()


@worker_shutdown.connect
def _on_shutdown(**_: object) -> None:
    PRESENCE.end()
