"""ORCON: asking the originator, and its answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.choices import WideningState
from agencies.freshness import fresh
from agencies.http import Request, note_opened
from bulletins import policies
from bulletins.actions import consents as actions
from bulletins.forms import AnswerForm, ReasonForm
from bulletins.models import Consent
from bulletins.models.consent import Subject
from bulletins.views.posting import posted
from core.errors import RuleBroken
from core.policy import lists, opens, refuse_unless
from incidents.models import Incident
from lessons.models import Lesson
from reviews.models import Review

KINDS: dict[str, type[Subject]] = {"incident": Incident, "review": Review, "lesson": Lesson}
PEOPLE = ("agency", "originator", "asked_by", "decided_by")


@require_http_methods(["GET", "HEAD", "POST"])
@lists(*KINDS.values())
def consent_ask(request: Request, kind: str, pk: int) -> HttpResponse:
    """Say what for; the agency whose record it is decides."""
    if kind not in KINDS:
        raise Http404
    rows = KINDS[kind].objects.visible_to(request.user).select_related("agency")
    subject = get_object_or_404(rows, pk=pk)
    refuse_unless(policies.can_ask_originator(request.user, subject), hides=True)
    note_opened(request, subject)
    form = ReasonForm(posted(request))
    if form.is_valid():
        consent = actions.ask_originator(
            subject=KINDS[kind],
            subject_id=subject.pk,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Asked. The agency whose record it is will answer."))
        return redirect(consent)
    context = {"subject": subject, "marking": subject, "form": form}
    status = 422 if form.errors else 200
    return render(request, "bulletins/consent_ask.html", context, status=status)


@require_safe
@opens(Consent, fetch=PEOPLE)
def consent_detail(request: Request, consent: Consent) -> HttpResponse:
    """What is asked, why, and what the originator says."""
    return _page(request, consent)


@fresh
@require_POST
@opens(Consent, fetch=PEOPLE)
def consent_grant(request: Request, consent: Consent) -> HttpResponse:
    """Let it go on."""
    try:
        actions.grant_consent(consent_id=consent.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed. They may pass on what it says, marked as it is."))
    return redirect(consent)


@require_POST
@opens(Consent, fetch=PEOPLE)
def consent_refuse(request: Request, consent: Consent) -> HttpResponse:
    """Keep it where it is, and say why."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, consent, form, status=422)
    try:
        actions.refuse_consent(
            consent_id=consent.pk,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Refused. It stays where it is."))
    return redirect(consent)


def _page(
    request: Request, consent: Consent, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    waits = consent.state == WideningState.ASKED
    context = {
        "consent": consent,
        "may_answer": waits and policies.can_answer_consent(request.user, consent),
        "form": form or AnswerForm(),
    }
    return render(request, "bulletins/consent_detail.html", context, status=status)
