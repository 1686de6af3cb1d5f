"""Asking to let an incident go further, and deciding on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.choices import WideningState
from agencies.freshness import fresh
from agencies.http import Request, shows
from agencies.page_marking import PageMarking
from core.errors import RuleBroken
from core.policy import opens
from incidents import actions, policies, selectors
from incidents.forms.widening import RefusalForm, WidenForm
from incidents.models import Incident, IncidentWidening

FETCHED = ("asked_by", "decided_by", "reader")


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@shows(Incident, may=policies.can_ask_to_widen)
def incident_widen(request: Request, incident: Incident) -> HttpResponse:
    """Step one asks how far and why; step two says who would read it; then it is asked."""
    typed = request.POST if request.method == "POST" else None
    form = WidenForm(typed, by=request.user, incident=incident)
    context: dict[str, Any] = {"form": form, "incident": incident, "marking": incident}
    if not form.is_valid() or "change" in request.POST:
        status = 422 if form.errors else 200
        return render(request, "incidents/widening_ask.html", context, status=status)
    if "confirmed" not in request.POST:
        context["wish"] = form.wish()
        context["reach"] = selectors.reach_of_wish(incident, form.wish())
        return render(request, "incidents/widening_confirm.html", context)
    try:
        widening = actions.ask_to_widen(
            incident_id=incident.pk, wish=form.wish(), by=request.user, at=timezone.now()
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return render(request, "incidents/widening_ask.html", context, status=422)
    messages.success(request, _("Asked. Nothing changes until another of your agency grants it."))
    return redirect(widening)


@require_safe
@opens(IncidentWidening, fetch=FETCHED)
def widening_detail(request: Request, widening: IncidentWidening) -> HttpResponse:
    """What is asked, by whom, why, and who would read the record then."""
    return _page(request, widening)


@fresh
@require_POST
@opens(IncidentWidening, fetch=FETCHED)
def widening_grant(request: Request, widening: IncidentWidening) -> HttpResponse:
    """Let it go further."""
    try:
        actions.grant_widening(widening_id=widening.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Granted. The record is marked as was asked."))
    return redirect(widening)


@require_POST
@opens(IncidentWidening, fetch=FETCHED)
def widening_refuse(request: Request, widening: IncidentWidening) -> HttpResponse:
    """Leave it as it is, and say why."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, widening, form, status=422)
    try:
        actions.refuse_widening(
            widening_id=widening.pk,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Refused. The record stays as it is marked."))
    return redirect(widening)


def _page(
    request: Request, widening: IncidentWidening, form: RefusalForm | None = None, status: int = 200
) -> HttpResponse:
    seen = Incident.objects.visible_to(request.user).filter(pk=widening.record_id).first()
    waits = widening.state == WideningState.ASKED
    may = policies.can_decide_widening(request.user, widening)
    asked_it = widening.asked_by_id == request.user.pk
    context = {
        "widening": widening,
        "incident": seen,
        "marking": PageMarking(
            widening.from_tlp, widening.from_classification, widening.from_caveats
        ),
        "reach_now": selectors.reach_now(widening),
        "reach": selectors.reach_of_widening(widening),
        "may_decide": waits and may and not asked_it,
        "unnamed": not (may or (seen and policies.can_ask_to_widen(request.user, seen))),
        "another": selectors.second_person_sentence(widening) if waits and asked_it else "",
        "form": form or RefusalForm(),
    }
    return render(request, "incidents/widening_detail.html", context, status=status)
