"""Evidence attached to the fact it supports, and taken off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, shows
from core.errors import RuleBroken
from core.policy import opens
from incidents import actions, policies, selectors
from incidents.forms.supports import AttachForm
from incidents.models import Evidence, Incident, Support
from incidents.selectors.supports import ANCHORS
from incidents.views.evidence import PIECE

# The digits of a number that the database can hold.
LONGEST = 18


@require_http_methods(["GET", "HEAD", "POST"])
@shows(Incident, may=policies.can_change_incident)
def evidence_attach(request: Request, incident: Incident) -> HttpResponse:
    """From a fact (`?to=fact-12`) or from a piece (`?piece=5`): the other is chosen here."""
    pieces = selectors.evidence_of(request.user, incident)
    asked = {name: request.GET.get(name, "") for name in ("piece", "to")}
    typed = request.POST if request.method == "POST" else None
    form = AttachForm(typed, incident=incident, pieces=pieces, initial=asked)
    if form.is_valid() and (support := _attached(request, form)):
        messages.success(request, _("The evidence is attached."))
        if asked["piece"]:
            return redirect(f"{support.evidence.get_absolute_url()}#supports")
        return redirect(f"{incident.get_absolute_url()}#{ANCHORS[support.what]}")
    context = {
        "form": form,
        "incident": incident,
        "marking": selectors.marking_with(incident, pieces),
    }
    status = 422 if form.errors else 200
    return render(request, "incidents/evidence_attach.html", context, status=status)


@require_POST
@opens(Evidence, **PIECE, may=policies.can_attach_evidence)
def evidence_detach(request: Request, evidence: Evidence) -> HttpResponse:
    """Take it off one fact; the same twice is once."""
    number = request.POST.get("support", "")
    if number.isascii() and number.isdigit() and len(number) <= LONGEST:
        actions.detach_evidence(
            evidence_id=evidence.pk, support_id=int(number), by=request.user, at=timezone.now()
        )
    messages.success(request, _("It is attached there no more. That it was stays on the record."))
    return redirect(f"{evidence.get_absolute_url()}#supports")


def _attached(request: Request, form: AttachForm) -> Support | None:
    what, number = form.target()
    try:
        return actions.attach_evidence(
            evidence_id=form.cleaned_data["piece"],
            what=what,
            number=number,
            by=request.user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
    return None
