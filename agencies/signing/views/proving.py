"""The page that asks again who is there, before a grave act."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agencies.actions import signing as actions
from agencies.forms.signing import ProofForm
from agencies.freshness import before_factor
from agencies.http import Request
from agencies.models import User
from agencies.signing import devices, door, factors
from agencies.signing.throttle import HeldBack, forgive, take
from agencies.signing.views.entering import accepted
from core.policy import signed_in


@before_factor
@sensitive_post_parameters("password", "code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def prove_again(request: Request) -> HttpResponse:
    """Password or second factor; then on to what was asked for."""
    goal = door.safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    form = ProofForm(request.POST if request.method == "POST" else None)
    if door.owes_factor(request, request.user):
        del form.fields["password"]
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, goal)
    at = timezone.now()
    gates = devices.factor_gates(request, request.user)
    try:
        take(gates, at=at)
    except HeldBack as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, goal, status=429)
    proof = _proof(request.user, form.cleaned_data, at=at)
    if proof is None:
        actions.record_failed_proof(user=request.user, at=at)
        form.add_error(None, _("That is not right. Type your password, or a code, once more."))
        return _page(request, form, goal)
    forgive(gates, at=at)
    _take_note(request, proof, at)
    return HttpResponseRedirect(goal)


def _proof(person: User, typed: dict[str, str], *, at: datetime) -> str | None:
    """The factor that proved it, empty for the password, None when nothing did."""
    if typed.get("password"):
        return "" if person.check_password(typed["password"]) else None
    return accepted(person, typed, at=at) or None


def _take_note(request: Request, factor: str, at: datetime) -> None:
    door.mark_proved(request, factor=factor, at=at)
    actions.record_proof(user=request.user, at=at, factor=factor)
    if factor == factors.Type.RECOVERY_CODES:
        actions.record_code_use(user=request.user, at=at)


def _page(request: Request, form: ProofForm, goal: str, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": goal,
        "question": factors.key_question(request.user),
        "has_factor": factors.has_factor(request.user),
    }
    if form.errors and status == 200:
        status = 422
    return render(request, "agencies/prove_again.html", context, status=status)
