"""One's own sign-in: factors, recovery codes, password."""

import json
from datetime import timedelta

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.actions import signing as actions
from agencies.forms.signing import AppForm, KeyForm, PasswordForm
from agencies.freshness import before_factor, fresh
from agencies.http import Request
from agencies.models import User
from agencies.policies import clears_factors
from agencies.sessions import track
from agencies.signing import door, factors
from agencies.signing.doors import doors
from agencies.signing.vault import NotOurs, seal, unseal
from core.errors import RuleBroken
from core.policy import opens, signed_in

SECRET = "new factor"  # noqa: S105 - where the session keeps it, sealed
CODES = "new codes"
CODES_SHOWN_FOR = timedelta(minutes=10)


@require_safe
@signed_in
def account(request: Request) -> HttpResponse:
    """What a person signs in with, and how to change it."""
    context = {
        "factors": factors.factors_of(request.user),
        "codes_left": factors.codes_left(request.user),
        "needed": factors.must_have_factor(request.user),
        "doors": doors(),
    }
    return render(request, "agencies/account.html", context)


@before_factor
@require_safe
@signed_in
def factor_needed(request: Request) -> HttpResponse:
    """Where a role that must have a second factor is led until it has one."""
    if factors.has_factor(request.user):
        return redirect("account")
    return render(request, "agencies/factor_needed.html")


@before_factor
@fresh
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def app_add(request: Request) -> HttpResponse:
    """Set up an authenticator app: scan, type the first code."""
    secret = _secret(request)
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        at = timezone.now()
        step = factors.matching_step(secret, form.cleaned_data["code"], at=at)
        if step is None:
            form.add_error("code", _("This is not the code of now. Check the clock of the phone."))
        else:
            codes = actions.set_up_totp(user=request.user, secret=secret, step=step, at=at)
            request.session.pop(SECRET, None)
            return _set_up(request, codes, factor=str(factors.Type.TOTP))
    context = {"form": form, "secret": _in_fours(secret)}
    status = 422 if form.errors else 200
    return render(request, "agencies/app_add.html", context, status=status)


@before_factor
@require_safe
@signed_in
def app_picture(request: Request) -> HttpResponse:
    """The secret that is being set up, as a code to scan."""
    if SECRET not in request.session:
        raise Http404
    address = get_adapter().build_totp_url(request.user, _secret(request))
    picture = segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff")
    return HttpResponse(
        picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        content_type="image/svg+xml",
    )


@before_factor
@fresh
@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def key_add(request: Request) -> HttpResponse:
    """Set up a security key. Without scripts the page leads to the authenticator app."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = _keep_key(request, form)
        except factors.NO_ANSWER:
            form.add_error(None, _("The key did not answer as it should. Try once more."))
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return _set_up(request, codes, factor=str(factors.Type.WEBAUTHN))
    context = {
        "form": form,
        "question": json.dumps(webauthn.begin_registration(request.user, False)),
    }
    status = 422 if form.errors else 200
    return render(request, "agencies/key_add.html", context, status=status)


def _keep_key(request: Request, form: KeyForm) -> list[str]:
    answer = json.loads(form.cleaned_data["credential"])
    webauthn.parse_registration_response(answer)
    webauthn.complete_registration(answer)
    return actions.set_up_key(
        user=request.user,
        name=form.cleaned_data["name"],
        credential=answer,
        at=timezone.now(),
    )


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def factor_remove(request: Request, pk: int) -> HttpResponse:
    """Ask, then take a factor away."""
    own = Authenticator.objects.filter(user=request.user)
    factor = get_object_or_404(own.exclude(type=factors.Type.RECOVERY_CODES), pk=pk)
    if request.method == "POST":
        try:
            actions.remove_factor(user=request.user, factor_id=factor.pk, at=timezone.now())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The second factor is removed."))
        return redirect("account")
    return render(request, "agencies/factor_remove.html", {"factor": factor})


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@opens(User, fetch=("agency",), may=clears_factors, hides=True)
def factors_clear(request: Request, person: User) -> HttpResponse:
    """An admin of people asks once, then clears what somebody has lost."""
    if request.method == "POST":
        actions.clear_factors(person=person, by=request.user, at=timezone.now())
        messages.success(request, _("The second factors are cleared, and all sessions ended."))
        return redirect("home")
    return render(request, "agencies/factors_clear.html", {"person": person})


@before_factor
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def codes(request: Request) -> HttpResponse:
    """The recovery codes that were just made, for ten minutes and never again."""
    shown = _shown_codes(request)
    if request.method == "POST":
        request.session.pop(CODES, None)
        return redirect("home")
    if not shown:
        return redirect("account")
    return render(request, "agencies/codes.html", {"codes": shown})


@before_factor
@require_safe
@signed_in
def codes_file(request: Request) -> HttpResponse:
    """The same codes as a text file."""
    shown = _shown_codes(request)
    if not shown:
        raise Http404
    response = HttpResponse("\r\n".join(shown) + "\r\n", content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="aar-recovery-codes.txt"'
    return response


@fresh
@require_POST
@signed_in
def codes_renew(request: Request) -> HttpResponse:
    """Ten new recovery codes."""
    try:
        made = actions.renew_codes(user=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("account")
    _show_codes(request, made)
    return redirect("codes")


@fresh
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password_change(request: Request) -> HttpResponse:
    """A new password; every other session ends."""
    form = PasswordForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        key = request.session.session_key
        actions.change_password(
            user=request.user,
            password=form.cleaned_data["password"],
            keep=key,
            at=timezone.now(),
        )
        update_session_auth_hash(request, request.user)
        request.session.save()
        actions.forget_session(user=request.user, session_key=key)
        track(request, request.user)
        messages.success(request, _("The password is changed. All other sessions have ended."))
        return redirect("account")
    status = 422 if form.errors else 200
    return render(request, "agencies/password_change.html", {"form": form}, status=status)


def _secret(request: Request) -> str:
    """The secret that is being set up: sealed in the session until the app has proved it."""
    try:
        return unseal(request.session[SECRET], purpose=SECRET, max_age=3600)
    except (KeyError, NotOurs):
        secret = str(generate_totp_secret())
        request.session[SECRET] = seal(secret, purpose=SECRET)
        return secret


def _set_up(request: Request, made: list[str], *, factor: str) -> HttpResponse:
    """The session has now proved this factor; first its codes, then on."""
    door.mark_proved(request, factor=factor, at=timezone.now())
    messages.success(request, _("The second factor is set up. You are asked for it from now on."))
    if not made:
        return redirect("account")
    # It was the first: no session that a password alone has opened stays behind.
    actions.end_other_sessions(
        user=request.user, keep=request.session.session_key, at=timezone.now()
    )
    _show_codes(request, made)
    return redirect("codes")


def _show_codes(request: Request, made: list[str]) -> None:
    request.session[CODES] = seal(json.dumps(made), purpose=CODES)


def _shown_codes(request: Request) -> list[str]:
    try:
        sealed = request.session[CODES]
        text = unseal(sealed, purpose=CODES, max_age=int(CODES_SHOWN_FOR.total_seconds()))
    except (KeyError, NotOurs):
        return []
    return [_in_fives(code) for code in json.loads(text)]


def _in_fours(secret: str) -> str:
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def _in_fives(code: str) -> str:
    return f"{code[:5]} {code[5:]}"
