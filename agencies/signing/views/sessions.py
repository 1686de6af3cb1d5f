"""Where a person is signed in, and ending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.actions import signing as actions
from agencies.http import Request
from agencies.sessions import absolute_limit, idle_limit, sessions_of
from core.policy import signed_in


@require_safe
@signed_in
def session_list(request: Request) -> HttpResponse:
    """One's own sessions, this one first."""
    context = {
        "sessions": sessions_of(request.user, here=request.session.session_key, at=timezone.now()),
        "idle_minutes": int(idle_limit(request.user).total_seconds() // 60),
        "hours": int(absolute_limit().total_seconds() // 3600),
    }
    return render(request, "agencies/session_list.html", context)


@require_POST
@signed_in
def session_end(request: Request, pk: int) -> HttpResponse:
    """End one; of somebody else's nothing is said and nothing is done."""
    actions.end_session(user=request.user, session_id=pk, at=timezone.now())
    messages.success(request, _("The session is ended."))
    return redirect("session_list")


@require_POST
@signed_in
def session_end_others(request: Request) -> HttpResponse:
    """End all but this one."""
    ended = actions.end_other_sessions(
        user=request.user, keep=request.session.session_key, at=timezone.now()
    )
    messages.success(
        request,
        ngettext("One other session is ended.", "%(n)d other sessions are ended.", ended)
        % {"n": ended},
    )
    return redirect("session_list")
