"""Sharing groups: for system admins. To everybody else the pages are not there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.actions import groups
from agencies.forms import AgencyForm, GroupForm
from agencies.http import Request
from agencies.models import SharingGroup
from agencies.policies import keeps_groups
from agencies.selectors.people import groups_of
from core.errors import RuleBroken
from core.policy import asks, opens


@require_safe
@asks(keeps_groups, hides=True)
def group_list(request: Request) -> HttpResponse:
    """Every group with its agencies."""
    return render(request, "agencies/group_list.html", {"groups": groups_of(request.user)})


@require_http_methods(["GET", "POST"])
@asks(keeps_groups, hides=True)
def group_add(request: Request) -> HttpResponse:
    """A new group."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = groups.make_group(
                name=form.cleaned_data["name"], by=request.user, at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The group is made. Now add its agencies."))
            return redirect(group)
    return render(
        request, "agencies/group_add.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@asks(keeps_groups, hides=True)
@opens(SharingGroup)
def group_detail(request: Request, group: SharingGroup) -> HttpResponse:
    """One group: its name, which the form changes, and its agencies."""
    form = GroupForm(request.POST or None, initial={"name": group.name})
    if request.method == "POST":
        return _do(request, group, form, groups.rename_group, field="name")
    return _page(request, group, form=form)


@require_POST
@asks(keeps_groups, hides=True)
@opens(SharingGroup)
def group_agency_add(request: Request, group: SharingGroup) -> HttpResponse:
    """One more agency."""
    form = AgencyForm(group, request.POST)
    return _do(request, group, form, groups.add_agency, field="agency")


@require_POST
@asks(keeps_groups, hides=True)
@opens(SharingGroup)
def group_agency_remove(request: Request, group: SharingGroup, agency_pk: int) -> HttpResponse:
    """One agency fewer."""
    agency = get_object_or_404(group.agencies, pk=agency_pk)
    groups.remove_agency(group_id=group.pk, agency=agency, by=request.user, at=timezone.now())
    messages.success(request, _("%(agency)s is no longer in the group.") % {"agency": agency.label})
    return redirect(group)


def _do(
    request: Request,
    group: SharingGroup,
    form: forms.Form,
    deed: Callable[..., SharingGroup],
    *,
    field: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            deed(group_id=group.pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(group)
    return _page(request, group, form=form, status=422)


def _page(
    request: Request, group: SharingGroup, *, form: forms.Form, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "group": group,
        "agencies": group.agencies.order_by("name"),
        "form": form,
        "name_form": form
        if isinstance(form, GroupForm)
        else GroupForm(initial={"name": group.name}),
        "agency_form": form if isinstance(form, AgencyForm) else AgencyForm(group),
    }
    return render(request, "agencies/group_detail.html", context, status=status)
