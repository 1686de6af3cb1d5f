"""Loading a file in the browser: handing it in, its page, and every step on the way."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.freshness import fresh
from agencies.http import Request, shows
from agencies.page_marking import PageMarking
from audit.choices import Verb
from audit.record import record
from core.cells import plain_cell
from core.errors import RuleBroken
from core.policy import asks, opens
from incidents import actions, policies, selectors
from incidents.forms.imports import ColumnsForm, ImportForm, PlacesForm
from incidents.loading import formats, mapped
from incidents.models import ColumnMapping, Import

SHOWN = 50


@require_safe
@asks(policies.can_load_incidents)
def import_list(request: Request) -> HttpResponse:
    """The files that were loaded."""
    context = {
        "imports": selectors.imports(request.user),
        "mappings": selectors.mappings(request.user),
    }
    return render(request, "incidents/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(policies.can_load_incidents)
def import_add(request: Request) -> HttpResponse:
    """Hand in a file."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, by=request.user)
    if form.is_valid():
        try:
            batch = actions.receive_import(
                file=form.upload,
                name=form.upload.name or "",
                tlp=form.cleaned_data["tlp"],
                classification=form.cleaned_data["classification"],
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(batch)
    context = {"form": form, "known": formats.KNOWN}
    return render(request, "incidents/import_add.html", context, status=422 if form.errors else 200)


@require_safe
@shows(Import, may=policies.can_work_on_import)
def import_detail(request: Request, batch: Import) -> HttpResponse:
    """Where the file is, what was refused and what is asked; for htmx the state alone."""
    if request.headers.get("HX-Request"):
        answer = render(request, "incidents/_import_state.html", {"batch": batch})
        if not batch.is_at_work:
            answer["HX-Refresh"] = "true"
        return answer
    return _page(request, batch)


@require_POST
@opens(Import, may=policies.can_work_on_import)
def import_columns(request: Request, batch: Import) -> HttpResponse:
    """Say which column means what, and have the file checked."""
    form = ColumnsForm(request.POST, batch=batch)
    if not form.is_valid():
        return _page(request, batch, columns=form, status=422)

    def deed() -> None:
        actions.map_columns(
            import_id=batch.pk,
            mapping=form.mapping(),
            list_name=form.cleaned_data["list_name"],
            by=request.user,
            at=timezone.now(),
        )
        actions.check_import(import_id=batch.pk, by=request.user, at=timezone.now())

    return _after(request, batch, deed)


@require_POST
@opens(Import, may=policies.can_work_on_import)
def import_places(request: Request, batch: Import) -> HttpResponse:
    """Say which areas the doubtful names mean, and have the file checked again."""
    form = _places_form(request, batch, request.POST)
    if not form.is_valid():
        return _page(request, batch, places=form, status=422)

    def deed() -> None:
        actions.answer_places(
            import_id=batch.pk, answers=form.answers(), by=request.user, at=timezone.now()
        )
        actions.check_import(import_id=batch.pk, by=request.user, at=timezone.now())

    return _after(request, batch, deed)


@require_POST
@opens(Import, may=policies.can_work_on_import)
def import_check(request: Request, batch: Import) -> HttpResponse:
    """Have every row read, and nothing stored."""
    return _step(request, batch, actions.check_import)


@require_POST
@opens(Import, may=policies.can_work_on_import)
def import_store(request: Request, batch: Import) -> HttpResponse:
    """Have what is sound stored."""
    return _step(request, batch, actions.store_import)


@require_POST
@opens(Import, may=policies.can_work_on_import)
def import_stop(request: Request, batch: Import) -> HttpResponse:
    """Stop after the rows in hand."""
    return _step(request, batch, actions.stop_import)


@require_POST
@opens(Import, may=policies.can_work_on_import)
def import_resume(request: Request, batch: Import) -> HttpResponse:
    """Go on where it stopped."""
    return _step(request, batch, actions.resume_import)


@require_POST
@opens(ColumnMapping, may=policies.can_forget_mapping)
def mapping_forget(request: Request, kept: ColumnMapping) -> HttpResponse:
    """Have the columns of a list forgotten."""
    actions.forget_mapping(mapping_id=kept.pk, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("The columns of “%(name)s” are forgotten. What was loaded stays.") % {"name": kept.name},
    )
    return redirect("incidents:import_list")


@fresh
@require_safe
@opens(Import, may=policies.can_work_on_import)
def import_refusals(request: Request, batch: Import) -> HttpResponse:
    """Every refused row and why, as a table; taking it is a deed as well."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow([_("Row"), _("Column"), _("What it says"), _("What to do")])
    refused = selectors.refusals(request.user, batch.pk)
    rows = refused.values_list("row", "column", "value", "sentence")
    writer.writerows([plain_cell(cell) for cell in row] for row in rows.iterator())
    if request.method == "GET":
        with transaction.atomic():
            at = timezone.now()
            record(Verb.INCIDENTS_EXPORTED, by=request.user, target=batch, at=at, form="refusals")
    content = told.getvalue().encode("utf-8-sig")
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{batch.pk}.csv"'
    return answer


def _step(request: Request, batch: Import, action: Callable[..., Import]) -> HttpResponse:
    return _after(
        request, batch, lambda: action(import_id=batch.pk, by=request.user, at=timezone.now())
    )


def _after(request: Request, batch: Import, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect(batch)


def _places_form(request: Request, batch: Import, data: Any = None) -> PlacesForm:
    asked = selectors.asked_about(request.user, batch)
    everything = selectors.areas_by_code() if any(not each.offered for each in asked) else []
    return PlacesForm(data, asked=asked, everything=everything)


def _like(fitting: list[ColumnMapping], wanted: str, batch: Import) -> ColumnMapping | None:
    """The list that was asked for, else the one whose mapping this file was given."""
    given = (batch.list_name, batch.mapping)
    return next((each for each in fitting if f"{each.pk}" == wanted), None) or next(
        (each for each in fitting if (each.name, each.mapping) == given), None
    )


def _page(
    request: Request,
    batch: Import,
    *,
    columns: ColumnsForm | None = None,
    places: PlacesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_open = batch.is_open
    asks = is_open and batch.scheme == mapped.SCHEME
    like: ColumnMapping | None = None
    fitting = selectors.mappings_of(request.user, batch) if asks else []
    if columns is None and asks:
        like = _like(fitting, request.GET.get("like", ""), batch)
        columns = ColumnsForm(batch=batch, like=like)
    if places is None and is_open:
        places = _places_form(request, batch)
    known = formats.BY_SCHEME.get(batch.scheme)
    context = {
        "batch": batch,
        "columns": columns,
        "like": like,
        "others": [each for each in fitting if each != like],
        "places": places if places and places.asked else None,
        "refusals": selectors.refusals(request.user, batch.pk)[:SHOWN],
        "credit": known.credit if known else "",
        "marking": PageMarking(batch.tlp, batch.classification),
    }
    return render(request, "incidents/import_detail.html", context, status=status)
