"""Sharing groups: for system admins. To everybody else the pages are not there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
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


@require_safe
def group_list(request: Request) -> HttpResponse:
    """Every group with its agencies."""
    _keepers_only(request)
    return render(request, "agencies/group_list.html", {"groups": groups_of(request.user)})


@require_http_methods(["GET", "POST"])
def group_add(request: Request) -> HttpResponse:
    """A new group."""
    _keepers_only(request)
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
def group_detail(request: Request, pk: int) -> HttpResponse:
    """One group: its name, which the form changes, and its agencies."""
    group = _visible(request, pk)
    form = GroupForm(request.POST or None, initial={"name": group.name})
    if request.method == "POST":
        return _do(request, group, form, groups.rename_group, field="name")
    return _page(request, group, form=form)


@require_POST
def group_agency_add(request: Request, pk: int) -> HttpResponse:
    """One more agency."""
    group = _visible(request, pk)
    form = AgencyForm(group, request.POST)
    return _do(request, group, form, groups.add_agency, field="agency")


@require_POST
def group_agency_remove(request: Request, pk: int, agency_pk: int) -> HttpResponse:
    """One agency fewer."""
    group = _visible(request, pk)
    agency = get_object_or_404(group.agencies, pk=agency_pk)
    groups.remove_agency(group_id=pk, agency=agency, by=request.user, at=timezone.now())
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


def _visible(request: Request, pk: int) -> SharingGroup:
    return get_object_or_404(SharingGroup.objects.kept_by(request.user), pk=pk)


def _keepers_only(request: Request) -> None:
    if not keeps_groups(request.user):
        raise Http404
