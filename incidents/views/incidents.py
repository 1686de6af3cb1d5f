"""The register and its records over HTTP."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.freshness import fresh_for_marking
from agencies.http import Request, shows
from core.errors import StaleEdit
from core.keyset import BadCursor
from core.panels import render_list_panels, render_panels
from core.policy import asks, lists, signed_in
from incidents import actions, policies, selectors
from incidents.forms import RecordForm, only_fills, read_columns, read_filters, written
from incidents.models import Incident
from incidents.rules import DetailsRefused
from incidents.views import conflicts, registers

FETCHED = ("agency", "district", "province", "area", "tehsil", "recorded_by", "withdrawn_by")


@require_safe
@lists(Incident)
def incident_list(request: Request) -> HttpResponse:
    """The register: what this person may read, newest first."""
    saved = selectors.saved_filters(request.user)
    if saved and saved[0].is_first and not request.GET:
        return redirect(saved[0])
    filters, columns = read_filters(request.GET), read_columns(request.GET)
    cursor = request.GET.get("cursor", "")
    try:
        found = selectors.register(request.user, filters, columns, cursor=cursor)
    except BadCursor as error:
        raise Http404 from error
    context = registers.context(request, filters, columns, found)
    context |= registers.saved_context(saved, written(filters, columns))
    context["panels"] = list(render_list_panels(request, Incident))
    return render(request, "incidents/incident_list.html", context)


@require_safe
@shows(Incident, fetch=FETCHED)
def incident_detail(request: Request, incident: Incident) -> HttpResponse:
    """One incident with everything that hangs on it."""
    page = selectors.incident_page(request.user, incident)
    return render(
        request,
        "incidents/incident_detail.html",
        {
            "incident": incident,
            "marking": selectors.marking_with(incident, page.named),
            "page": page,
            "aside_panels": list(render_panels(request, incident, "aside")),
            "body_panels": list(render_panels(request, incident, "body")),
        },
    )


@require_http_methods(["GET", "POST"])
@asks(policies.can_record_incident)
def incident_record(request: Request) -> HttpResponse:
    """Record an incident on one page."""
    template = "incidents/incident_record.html"
    if only_fills(request.POST):
        return render(request, template, {"form": RecordForm.kept(request.POST, by=request.user)})
    form = RecordForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        try:
            incident = actions.record_incident(
                details=form.details(),
                report=form.report(),
                origin=form.origin(),
                by=request.user,
                at=timezone.now(),
            )
        except DetailsRefused as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Recorded as %(ref)s.") % {"ref": incident.reference})
            return redirect(incident)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@fresh_for_marking(Incident)
@require_http_methods(["GET", "POST"])
@shows(Incident, fetch=FETCHED, may=policies.can_change_incident)
def incident_change(request: Request, incident: Incident) -> HttpResponse:
    """Correct the record; when somebody else saved meanwhile, show both versions."""
    form = conflicts.bound_form(request, incident)
    if form.is_valid():
        try:
            actions.change_incident(
                incident_id=incident.pk,
                details=form.details(),
                lock_version=form.cleaned_data["lock_version"],
                by=request.user,
                at=timezone.now(),
            )
        except StaleEdit:
            return conflicts.show(request, incident, form)
        except DetailsRefused as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("The record is saved."))
            return redirect(incident)
    context = {"form": form, "incident": incident, "marking": incident}
    status = 422 if form.errors else 200
    return render(request, "incidents/incident_change.html", context, status=status)


@require_safe
@signed_in
def tehsil_choices(request: Request) -> HttpResponse:
    """The tehsils of the chosen district, for the list that htmx fills."""
    district = read_filters(request.GET).district
    context = {"tehsils": selectors.tehsils(district), "chosen": request.GET.get("tehsil", "")}
    return render(request, "incidents/_tehsils.html", context)
