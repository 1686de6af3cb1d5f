"""Many documents in one file: asking for it, how far it is, taking it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.freshness import fresh
from agencies.http import Request
from bulletins import policies
from bulletins.actions import exports as actions
from bulletins.choices import ExportFault, ExportSubject
from bulletins.forms import ExportForm
from bulletins.inputs import ExportWish
from bulletins.models import Export
from bulletins.selectors import exports as selectors
from bulletins.views.posting import posted
from core.errors import RuleBroken
from core.policy import asks, opens
from incidents.selectors.exports import name_of_file

LISTS = {
    ExportSubject.INCIDENTS: "incidents:incident_list",
    ExportSubject.REVIEWS: "reviews:review_list",
    ExportSubject.BULLETINS: "bulletins:bulletin_list",
}


@require_safe
@asks(policies.can_export)
def export_list(request: Request) -> HttpResponse:
    """The person's own exports, newest first."""
    context = {
        "exports": selectors.exports_of(request.user),
        "lists": [(subject.label, reverse(name)) for subject, name in LISTS.items()],
    }
    return render(request, "bulletins/export_list.html", context)


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@asks(policies.can_export)
def export_create(request: Request) -> HttpResponse:
    """Say what would be in the file, and have it made."""
    subject = _subject(request)
    query = selectors.kept_query(subject, request.GET)
    form = ExportForm(posted(request), initial={"token": uuid4()})
    if form.is_valid():
        wish = ExportWish(
            subject=subject,
            query=query,
            language=form.cleaned_data["language"],
            origin=form.origin(request.user),
        )
        try:
            export = actions.ask_export(wish=wish, by=request.user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is being made. You may leave this page."))
            return redirect(export)
    count = selectors.chosen(request.user, subject, query, timezone.now()).count()
    context = {
        "form": form,
        "subject": subject,
        "filters": list(selectors.words_of(subject, query)),
        "count": count,
        "refusal": "" if form.errors else actions.size_refusal(count),
        "back": _list_address(subject, query),
    }
    status = 422 if form.errors else 200
    return render(request, "bulletins/export_form.html", context, status=status)


@require_safe
@opens(Export, may=policies.can_work_on_export)
def export_detail(request: Request, export: Export) -> HttpResponse:
    """How far the file is, what is in it and what is not; for htmx the state alone."""
    context = _state(export)
    if request.headers.get("HX-Request"):
        answer = render(request, "bulletins/_export_state.html", context)
        if not export.is_at_work:
            answer["HX-Refresh"] = "true"
        return answer
    context |= {
        "filters": list(selectors.words_of(export.subject, export.query)),
        "missing": selectors.missing_from(request.user, export),
        "again": _again(export),
        "marking": export.marking,
    }
    return render(request, "bulletins/export_detail.html", context)


@require_POST
@opens(Export, may=policies.can_work_on_export)
def export_cancel(request: Request, export: Export) -> HttpResponse:
    """Stop after the document in hand."""
    return _step(request, export, actions.cancel_export)


@fresh
@require_POST
@opens(Export, may=policies.can_work_on_export)
def export_resume(request: Request, export: Export) -> HttpResponse:
    """Go on where it was."""
    return _step(request, export, actions.resume_export)


@fresh
@require_safe
@opens(Export, may=policies.can_work_on_export)
def export_file(request: Request, export: Export) -> FileResponse:
    """The file. Http404 before it is there and after it was removed."""
    if not export.is_there or not default_storage.exists(export.path):
        raise Http404
    if request.method == "GET":
        actions.note_taken(export_id=export.pk, by=request.user, at=timezone.now())
    response = FileResponse(
        default_storage.open(export.path, "rb"),
        as_attachment=True,
        filename=name_of_file(export.reference, export.marking, "zip"),
        content_type="application/zip",
    )
    # A shared PC must not keep it.
    response["Cache-Control"] = "private, no-store"
    return response


def _subject(request: Request) -> ExportSubject:
    """What the address says; the register where it says nothing known."""
    of = request.GET.get("of", "")
    return ExportSubject(of) if of in ExportSubject.values else ExportSubject.INCIDENTS


def _state(export: Export) -> dict[str, Any]:
    because = ExportFault(export.fault).label if export.fault else ""
    return {"export": export, "progress": selectors.progress_of(export), "because": because}


def _list_address(subject: ExportSubject, query: str) -> str:
    return reverse(LISTS[subject]) + (f"?{query}" if query else "")


def _again(export: Export) -> str:
    """The page on which the same is asked for anew."""
    address = f"{reverse('bulletins:export_create')}?of={export.subject}"
    return f"{address}&{export.query}" if export.query else address


def _step(request: Request, export: Export, action: Callable[..., Export]) -> HttpResponseRedirect:
    try:
        action(export_id=export.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect(export.get_absolute_url())
