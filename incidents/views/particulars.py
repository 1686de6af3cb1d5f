"""A detail of an incident that is corrected by a later one, or taken back with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request
from core.errors import RuleBroken
from core.policy import opens
from incidents import actions, forms, policies, selectors
from incidents.forms import ParticularForm
from incidents.forms._parts import add_broken
from incidents.models import Incident, Particular
from incidents.rules import DetailsRefused
from incidents.views.kinds import KINDS, Kind


@require_http_methods(["GET", "POST"])
@opens(Incident, may=policies.can_change_incident)
def particular_correct(request: Request, incident: Incident, particular_pk: int) -> HttpResponse:
    """Show the form as the line stands; what is sent stands in its place, and that one stays."""
    row = get_object_or_404(incident.particulars.select_related("source"), pk=particular_pk)
    kind = KINDS[row.section.lower()]
    form = _form(request, kind, incident, row)
    if form.is_valid() and _corrected(request, form, incident, row):
        messages.success(request, _("The correction is on the record; the earlier line is kept."))
        return redirect(f"{incident.get_absolute_url()}#{kind.anchor}")
    line = selectors.line_of(row)
    context = {"form": form, "incident": incident, "marking": incident, "adding": kind}
    context |= {"line": line, "correcting": True}
    return render(request, "incidents/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@opens(Incident, may=policies.can_change_incident)
def particular_withdraw(request: Request, incident: Incident, particular_pk: int) -> HttpResponse:
    """Say why, and take it back."""
    row = get_object_or_404(incident.particulars.select_related("source"), pk=particular_pk)
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw_particular(
                incident_id=incident.pk,
                particular_id=row.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line is withdrawn. The history keeps it."))
            return redirect(incident)
    line = selectors.line_of(row)
    context = {"form": form, "incident": incident, "marking": incident, "line": line}
    status = 422 if form.errors else 200
    return render(request, "incidents/particular_withdraw.html", context, status=status)


def _form(request: Request, kind: Kind, incident: Incident, row: Particular) -> ParticularForm:
    assert issubclass(kind.form, ParticularForm)  # noqa: S101 - as the kinds of detail are made
    typed = request.POST if request.method == "POST" else None
    return kind.form(typed, initial=ParticularForm.stored(row.own), incident=incident)


def _corrected(request: Request, form: ParticularForm, incident: Incident, row: Particular) -> bool:
    try:
        actions.correct_particular(
            incident_id=incident.pk,
            particular_id=row.pk,
            by=request.user,
            at=timezone.now(),
            **form.values(),
        )
    except DetailsRefused as refusal:
        add_broken(form, list(refusal.broken))
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
