"""The occasion of a day: suggested beside the date, taken with one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.http import Request
from core.policy import opens, signed_in
from incidents import actions, policies
from incidents.forms.filters import read_day
from incidents.models import Incident
from incidents.occasions import suggested


@require_POST
@opens(Incident, may=policies.can_change_incident)
def incident_occasion(request: Request, incident: Incident) -> HttpResponse:
    """Take one of the occasions that the page offers."""
    try:
        actions.name_occasion(
            incident_id=incident.pk,
            occasion=request.POST.get("occasion", ""),
            by=request.user,
            at=timezone.now(),
        )
    except actions.OccasionUnknown as refusal:
        messages.error(request, str(refusal))
    return redirect(incident)


@require_safe
@signed_in
def occasion_hint(request: Request) -> HttpResponse:
    """Which occasions the typed day may be: what htmx puts beside the date."""
    day = read_day(request.GET.get("on_date", ""))
    context = {"day": day, "occasions": suggested(day) if day else []}
    return render(request, "incidents/_occasion_hint.html", context)
