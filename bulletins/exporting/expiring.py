"""Files whose time is over go; their rows stay and say so."""

import logging
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from agencies.lock import machine
from audit.choices import Verb
from audit.record import record
from bulletins.choices import ExportState
from bulletins.exporting.packing import FOLDER
from bulletins.models import Export
from bulletins.models.export import KEPT

log = logging.getLogger(__name__)

# A file that no row names for so long was left behind by a worker that died.
LEFT_BEHIND = timedelta(days=1)


def remove_old(now: datetime) -> None:
    """Remove the files of exports that were finished longer ago than they are kept."""
    with machine():
        over = Export.objects.filter(
            state=ExportState.DONE, removed_at=None, finished_at__lte=now - KEPT
        )
        for export in over.select_for_update(skip_locked=True):
            default_storage.delete(export.path)
            export.path, export.removed_at = "", now
            export.save(update_fields=["path", "removed_at"])
            record(Verb.EXPORT_EXPIRED, by=None, target=export, at=now, sha256=export.sha256)


def remove_nameless(now: datetime) -> None:
    """Remove files that were stored and whose row was never told."""
    if not default_storage.exists(FOLDER):
        return
    for part in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{part}")[1]:
            path = f"{FOLDER}/{part}/{name}"
            with machine():
                named = Export.objects.filter(path=path).exists()
            if not named and _since(path, now) > LEFT_BEHIND:
                default_storage.delete(path)
                log.warning("Removed %s, which no export names", path)


def _since(path: str, now: datetime) -> timedelta:
    made = default_storage.get_modified_time(path)
    return now - (made if timezone.is_aware(made) else timezone.make_aware(made))
