"""What an admin does with the workers' jobs: have a failed one done again, take one out."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.lock import deed, machine
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from bulletins import policies, tasks
from bulletins.choices import RenderingState
from bulletins.models import Rendering
from bulletins.models.rendering import SUBJECTS
from bulletins.rendering.sandbox import Reason
from core.errors import RuleBroken


class JobUnderWay(RuleBroken):
    """A worker is at it: it can no longer be taken out."""


@deed
def retry_job(*, rendering_id: int, by: User, at: datetime) -> Rendering:
    """Have a failed document made again, for whoever asked for it; asked twice, it is the same.

    Raises Rendering.DoesNotExist for a job that is not theirs to see.
    """
    _refuse_unless_admin(by)
    with machine():
        mine = Rendering.objects.visible_to(by)
        failed = mine.select_for_update(of=("self",)).get(pk=rendering_id)
        newest = failed.of_the_same().order_by("-pk")[0]
        if newest != failed or failed.state != RenderingState.FAILED:
            return newest
        again = Rendering.objects.create(
            requested_at=at,
            queued_at=at,
            requested_by=failed.requested_by,
            agency=failed.agency,
            priority=failed.priority,
            **{name: getattr(failed, name) for name in SUBJECTS},
        )
    record(Verb.RENDERING_RETRIED, by=by, target=failed, at=at, after=failed.error)
    transaction.on_commit(tasks.ring)
    return again


@deed
def cancel_job(*, rendering_id: int, by: User, at: datetime) -> Rendering:
    """Take a waiting job out of the queue; its page says so, and offers to have it made again.

    Raises JobUnderWay, and Rendering.DoesNotExist for a job that is not theirs to see.
    """
    _refuse_unless_admin(by)
    with machine():
        mine = Rendering.objects.visible_to(by).filter(pk=rendering_id)
        # A worker holds the lock of what it is at: that is not waited for.
        job = mine.select_for_update(skip_locked=True, of=("self",)).first()
        if job is None or job.state == RenderingState.RENDERING:
            mine.get()
            raise JobUnderWay(_("A worker is making it now, so it cannot be taken out any more."))
        if job.state != RenderingState.WAITING:
            return job
        job.state, job.error, job.finished_at = RenderingState.FAILED, Reason.CANCELLED, at
        job.save(update_fields=["state", "error", "finished_at"])
    record(Verb.RENDERING_CANCELLED, by=by, target=job, at=at)
    return job


def _refuse_unless_admin(by: User) -> None:
    if not policies.can_see_jobs(by):
        raise PermissionDenied
