"""The workers' jobs over HTTP, for admins."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.choices import Role
from agencies.http import Request
from bulletins import policies
from bulletins.actions import jobs as actions
from bulletins.models import Rendering
from bulletins.rendering.sandbox import Reason, sentence
from bulletins.selectors.jobs import jobs_of
from core.errors import RuleBroken
from core.policy import asks


@require_safe
@asks(policies.can_see_jobs)
def job_list(request: Request) -> HttpResponse:
    """Waiting, running, failed, done: the page, or the piece of it that htmx polls."""
    now = timezone.now()
    jobs = jobs_of(request.user, now=now, because=_because)
    context: dict[str, Any] = {
        "jobs": jobs,
        "now": now,
        "marking": jobs.marking,
        "is_whole": request.user.role == Role.SYSTEM_ADMIN,
    }
    piece = getattr(request, "htmx", False)
    return render(request, f"bulletins/{'_jobs' if piece else 'job_list'}.html", context)


def _because(error: str) -> str:
    return sentence(Reason(error)) if error in set(Reason) else ""


@require_POST
@asks(policies.can_see_jobs, hides=True)
def job_retry(request: Request, pk: int) -> HttpResponse:
    """Have a failed document made again."""
    try:
        actions.retry_job(rendering_id=pk, by=request.user, at=timezone.now())
    except Rendering.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The document is being made again."))
    return redirect("bulletins:job_list")


@require_POST
@asks(policies.can_see_jobs, hides=True)
def job_cancel(request: Request, pk: int) -> HttpResponse:
    """Take a waiting document out of the queue."""
    try:
        actions.cancel_job(rendering_id=pk, by=request.user, at=timezone.now())
    except Rendering.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The document was taken out of the queue."))
    return redirect("bulletins:job_list")
