"""Withdrawing what was recorded in error, and putting it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, shows
from core.errors import RuleBroken
from core.policy import opens
from incidents import actions, forms, policies
from incidents.models import Incident

# The digits of a number that the database can hold.
LONGEST = 18


@require_http_methods(["GET", "HEAD", "POST"])
@shows(Incident, may=policies.can_withdraw_incident)
def incident_withdraw(request: Request, incident: Incident) -> HttpResponse:
    """Say why, and take it out of lists and counts."""
    twin = _twin(request)
    # Without its number: who reads this record may not see that one.
    known = {"reason": _("The same incident is on the register already.")} if twin else {}
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            actions.withdraw_incident(
                incident_id=incident.pk,
                reason=form.cleaned_data["reason"],
                same_as=twin.pk if twin else None,
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The incident is withdrawn. Its page says why."))
            return redirect(incident)
    context = {"form": form, "incident": incident, "marking": incident, "twin": twin}
    status = 422 if form.errors else 200
    return render(request, "incidents/incident_withdraw.html", context, status=status)


def _twin(request: Request) -> Incident | None:
    """The record that stands, where the address names one that the person may see."""
    number = request.GET.get("same_as", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST):
        return None
    return Incident.objects.visible_to(request.user).standing().filter(pk=int(number)).first()


@require_POST
@opens(Incident, may=policies.can_withdraw_incident)
def incident_put_back(request: Request, incident: Incident) -> HttpResponse:
    """It stands again."""
    actions.put_back_incident(incident_id=incident.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The incident stands again."))
    return redirect(incident)
