"""Coming in and going out: the password, the second factor, and what had been typed too late."""

from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies.actions import signing as actions
from agencies.forms.signing import FactorForm, SignInForm
from agencies.freshness import before_factor
from agencies.http import Request
from agencies.models import User
from agencies.signing import devices, door, factors, kept
from agencies.signing.doors import doors
from agencies.signing.throttle import HeldBack, forgive, take
from core.policy import public, signed_in


@before_factor
@sensitive_post_parameters("password")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step. Whether an account exists is told neither by words nor by time."""
    goal = door.safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if isinstance(request.user, User):
        return HttpResponseRedirect(goal)
    if request.method != "POST":
        return _sign_in_page(request, SignInForm(request), goal)
    at, email = timezone.now(), request.POST.get("username", "")
    gates = devices.password_gates(request, email)
    form = SignInForm(request, data=request.POST)
    try:
        take(gates, at=at)
    except HeldBack as refusal:
        actions.record_held_sign_in(email=email, at=at)
        return _held_page(request, email, goal, refusal)
    person = form.get_user() if form.is_valid() else None
    if not isinstance(person, User):
        actions.record_failed_sign_in(email=email, at=at)
        return _sign_in_page(request, form, goal, status=422)
    forgive(gates, at=at)
    return door.begin(request, person, goal=goal, at=at)


def _held_page(request: HttpRequest, email: str, goal: str, refusal: HeldBack) -> HttpResponse:
    """The form as it was, with when to try again; nothing of it was looked at."""
    form = SignInForm(request, initial={"username": email})
    context = {"form": form, "next": goal, "held": str(refusal), "doors": doors()}
    return render(request, "agencies/sign_in.html", context, status=429)


def _sign_in_page(
    request: HttpRequest, form: SignInForm, goal: str, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "next": goal,
        "late": "late" in request.GET,
        "kept": kept.SLOT in request.session,
        "doors": doors(),
    }
    return render(request, "agencies/sign_in.html", context, status=status)


@before_factor
@sensitive_post_parameters("code", "credential")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@public
def sign_in_factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code, or a security key where the browser runs scripts."""
    at = timezone.now()
    half = door.half_of(request, at)
    if half is None or request.user.is_authenticated:
        return redirect("sign_in")
    form = FactorForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _factor_page(request, form, half.person)
    gates = devices.factor_gates(request, half.person)
    try:
        take(gates, at=at)
    except HeldBack as refusal:
        form.add_error(None, str(refusal))
        return _factor_page(request, form, half.person, status=429)
    factor = accepted(half.person, form.cleaned_data, at=at)
    if not factor:
        actions.record_failed_factor(user=half.person, at=at)
        form.add_error("code", _("This code is not right, or was used before. Wait for the next."))
        return _factor_page(request, form, half.person)
    forgive(gates, at=at)
    return door.enter(request, half.person, factor=factor, goal=half.next, at=at)


def accepted(person: User, typed: dict[str, str], *, at: datetime) -> str:
    """Which factor of the person the typed code or the answer of the key is; empty for none."""
    if typed.get("credential"):
        return factors.accept_key(person, typed["credential"], at=at)
    return factors.accept_code(person, typed.get("code", ""), at=at)


def _factor_page(
    request: HttpRequest, form: FactorForm, person: User, status: int = 200
) -> HttpResponse:
    context = {"form": form, "question": factors.key_question(person)}
    if form.errors and status == 200:
        status = 422
    return render(request, "agencies/sign_in_factor.html", context, status=status)


@before_factor
@csrf_protect
@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here; the browser forgets what it holds of us, but for knowing the device."""
    person = request.user
    if isinstance(person, User):
        actions.record_sign_out(user=person, at=timezone.now())
        actions.forget_session(user=person, session_key=request.session.session_key)
    logout(request)
    response = HttpResponseRedirect(reverse("sign_in"))
    # Not "cookies": the device cookie keeps a stranger's guesses from locking this browser out.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def kept_form(request: Request) -> HttpResponse:
    """What the person had typed, to be sent again with one click; POST throws it away."""
    typed = kept.given_back(request, request.user, timezone.now())
    if typed is None or request.method == "POST":
        kept.let_go(request)
        return redirect("home")
    return render(request, "agencies/kept_form.html", {"typed": typed})
