"""Saying how two incidents are related, that they are not, and taking either back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken
from core.forms import Form
from core.policy import refuse_unless
from incidents import actions, policies, selectors
from incidents.choices import RelationKind
from incidents.forms.relations import NotRelatedForm, OtherField, RelateForm, TakeBackForm
from incidents.models import Incident, Relation

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@shows(Incident, may=policies.can_change_incident)
def relation_add(request: Request, incident: Incident) -> HttpResponse:
    """Say that another incident is related to this one, and how."""
    kind = request.GET.get("kind")
    known = {"kind": kind if kind in RelationKind.values else RelationKind.SERIES}
    form = _form(RelateForm, request, known)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("kind", "note")}
        if _done(actions.relate_incidents, request, form, incident, told):
            messages.success(request, _("It stands on the pages of both incidents."))
            return redirect(f"{incident.get_absolute_url()}#related")
    return _page("relation_add", request, incident, form)


@require_http_methods(METHODS)
@shows(Incident, may=policies.can_change_incident)
def relation_refuse(request: Request, incident: Incident) -> HttpResponse:
    """Say that another incident is not related to this one, and why not."""
    form = _form(NotRelatedForm, request, {})
    if form.is_valid():
        told = {"reason": form.cleaned_data["reason"]}
        if _done(actions.refuse_relation, request, form, incident, told):
            messages.success(request, _("It is no longer suggested."))
            return redirect(f"{incident.get_absolute_url()}#related")
    return _page("relation_refuse", request, incident, form)


@require_http_methods(METHODS)
@shows(Incident)
def relation_take_back(request: Request, incident: Incident, relation_pk: int) -> HttpResponse:
    """Take back what one's agency said of the two."""
    seen = Relation.objects.visible_to(request.user).of(incident)
    relation = get_object_or_404(seen.select_related("first", "second"), pk=relation_pk)
    refuse_unless(policies.can_take_back_relation(request.user, relation))
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.take_back_relation(
            relation_id=relation.pk,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Taken back. What was said stays on the record."))
        return redirect(f"{incident.get_absolute_url()}#related")
    other = relation.other_than(incident)
    return _page("relation_take_back", request, incident, form, other, relation=relation)


def _form(kind: type[OtherField], request: Request, known: dict[str, Any]) -> OtherField:
    other = _named(request)
    if other is not None:
        known = known | {"reference": other.reference}
    typed = request.POST if request.method == "POST" else None
    return kind(typed, by=request.user, initial=known)


def _named(request: Request) -> Incident | None:
    """The other incident, where the address names one that the person may see."""
    reference = request.GET.get("to", "")[:40]
    seen = Incident.objects.visible_to(request.user).standing()
    return seen.filter(reference=reference).first() if reference else None


def _done(
    deed: Callable[..., Relation],
    request: Request,
    form: OtherField,
    incident: Incident,
    told: dict[str, Any],
) -> bool:
    other: Incident = form.cleaned_data["reference"]
    try:
        deed(
            incident_id=incident.pk,
            other_id=other.pk,
            by=request.user,
            at=timezone.now(),
            **told,
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _page(
    template: str,
    request: Request,
    incident: Incident,
    form: Form,
    other: Incident | None = None,
    **more: Any,
) -> HttpResponse:
    other = other or _named(request)
    context = {
        "form": form,
        "incident": incident,
        "other": other,
        "marking": selectors.marking_with(incident, [other] if other else []),
        **more,
    }
    status = 422 if form.errors else 200
    return render(request, f"incidents/{template}.html", context, status=status)
