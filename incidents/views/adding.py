"""What is added to an incident afterwards, each kind on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request
from core.errors import RuleBroken
from core.policy import opens, refuse_unless
from incidents import selectors
from incidents.forms import AdoptForm, Said, ShareForm
from incidents.forms._parts import SourceFields, add_broken
from incidents.models import DisputedFact, Incident
from incidents.rules import DetailsRefused
from incidents.views.kinds import KINDS, Kind


@require_http_methods(["GET", "POST"])
@opens(Incident)
def incident_add(
    request: Request, incident: Incident, slug: str, dispute_pk: int | None = None
) -> HttpResponse:
    """Show the form; when it is sound, do the deed and go back to where it stands."""
    dispute = get_object_or_404(incident.disputes, pk=dispute_pk) if dispute_pk else None
    kind = KINDS[slug]
    refuse_unless(kind.may(request.user, incident))
    form = _form(request, kind, incident)
    if isinstance(form, ShareForm) and form.is_valid() and "confirmed" not in request.POST:
        context = {"form": form, "incident": incident, "marking": incident}
        context["reach"] = selectors.reach_of_share(incident, form.recipient())
        return render(request, "incidents/share_confirm.html", context)
    if form.is_valid() and _add(request, kind, form, incident, dispute):
        messages.success(request, _("It is on the record."))
        return redirect(f"{incident.get_absolute_url()}#{kind.anchor}")
    context = {
        "form": form,
        "incident": incident,
        "marking": incident,
        "adding": kind,
        "dispute": dispute,
    }
    return render(request, "incidents/add.html", context, status=422 if form.errors else 200)


def _form(request: Request, kind: Kind, incident: Incident) -> Said:
    more: dict[str, Any] = (
        {"incident": incident} if issubclass(kind.form, SourceFields | AdoptForm) else {}
    )
    if issubclass(kind.form, ShareForm):
        more = {"by": request.user}
    return kind.form(request.POST if request.method == "POST" else None, **more)


def _add(
    request: Request, kind: Kind, form: Said, incident: Incident, dispute: DisputedFact | None
) -> bool:
    where = {} if dispute is None else {"dispute_id": dispute.pk}
    try:
        kind.add(
            incident_id=incident.pk,
            by=request.user,
            at=timezone.now(),
            **where,
            **form.values(),
        )
    except DetailsRefused as refusal:
        add_broken(form, list(refusal.broken))
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
