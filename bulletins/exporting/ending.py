"""How an export ends without a file."""

from django.utils import timezone

from agencies.lock import machine
from audit.choices import Verb
from audit.record import record
from bulletins.choices import ExportFault, ExportState
from bulletins.models import Export


def fail(export: Export, fault: ExportFault) -> None:
    """Say why there is no file; nobody rings for it again. What is over already stays as it is."""
    now = timezone.now()
    with machine():
        done = (
            Export.objects.at_work()
            .filter(pk=export.pk)
            .update(state=ExportState.FAILED, fault=fault, finished_at=now)
        )
        if done:
            record(Verb.EXPORT_FAILED, by=None, target=export, at=now, fault=fault.value)
