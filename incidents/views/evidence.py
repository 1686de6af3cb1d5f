"""Evidence over HTTP: adding it, its page, handing it out, passing it on, withdrawing it."""

from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from agencies.http import Request
from core.errors import RuleBroken
from core.policy import opens
from incidents import actions, forms, policies, selectors
from incidents.actions.evidence import FileAltered
from incidents.files import vault
from incidents.files.refusals import FileRefused
from incidents.forms._parts import add_broken
from incidents.models import Evidence, Incident
from incidents.rules import DetailsRefused

# One piece, at the address of its incident.
PIECE: dict[str, Any] = {
    "by": "evidence_pk",
    "within": {"incident_id": "pk"},
    "fetch": ("incident__agency", "agency", "added_by", "withdrawn_by", "source", "copy"),
}
# What is handed out is never a page of ours, and reaches nothing.
CLOSED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # A shared PC must not keep it.
    "Cache-Control": "private, no-store",
}


@require_http_methods(["GET", "POST"])
@opens(Incident, may=policies.can_change_incident)
def evidence_add(request: Request, incident: Incident) -> HttpResponse:
    """Hand in one file; the second button comes back here for the next."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.EvidenceForm(*sent, incident=incident, by=request.user)
    if form.is_valid() and (evidence := _added(request, form)):
        messages.success(
            request, _("“%(title)s” is on the record and sealed.") % {"title": evidence.title}
        )
        another = "another" in request.POST
        return redirect(request.path if another else evidence.get_absolute_url())
    context = {
        "form": form,
        "incident": incident,
        "marking": incident,
        "limits": selectors.limits_in_words(),
    }
    status = 422 if form.errors else 200
    return render(request, "incidents/evidence_add.html", context, status=status)


@require_safe
@opens(Evidence, **PIECE)
def evidence_detail(request: Request, evidence: Evidence) -> HttpResponse:
    """One piece: what it is, its hash, who held it."""
    context = _context(evidence) | {
        "page": selectors.evidence_page(request.user, evidence),
    }
    return render(request, "incidents/evidence_detail.html", context)


@require_GET
@opens(Evidence, **PIECE)
def evidence_original(request: Request, evidence: Evidence) -> HttpResponseBase:
    """The file as it was handed in, to be saved; who looks at it is recorded."""
    who: dict[str, Any] = {"evidence_id": evidence.pk, "by": request.user, "at": timezone.now()}
    try:
        opened = actions.open_evidence(**who)
    except RuleBroken as refusal:
        if isinstance(refusal, FileAltered):
            actions.report_altered(**who)
        messages.error(request, str(refusal))
        return redirect(evidence)
    return _handed_out(
        request,
        opened,
        as_attachment=True,
        filename=evidence.original_name,
        content_type=_sent_as(evidence.media_type),
    )


@require_safe
@opens(Evidence, **PIECE)
def evidence_display(request: Request, evidence: Evidence) -> HttpResponseBase:
    """The copy for the screen: points drawn anew, nothing of what the camera wrote."""
    copy = selectors.finished_copy(evidence)
    if copy is None:
        raise Http404
    try:
        opened = vault.open_intact(copy.path, copy.sha256)
    except vault.Altered as error:
        raise Http404 from error
    return _handed_out(request, opened, content_type=evidence.media_type)


@require_http_methods(["GET", "POST"])
@opens(Evidence, **PIECE, may=policies.can_keep_evidence)
def evidence_hand_over(request: Request, evidence: Evidence) -> HttpResponse:
    """Say who has it now."""
    form = forms.HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.hand_over_evidence(
                evidence_id=evidence.pk,
                to_whom=form.cleaned_data["to_whom"],
                why=form.cleaned_data["why"],
                when=form.when(),
                by=request.user,
                at=timezone.now(),
            )
        except DetailsRefused as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("It is on the record."))
            return redirect(f"{evidence.get_absolute_url()}#custody")
    context = _context(evidence) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "incidents/evidence_hand_over.html", context, status=status)


@require_http_methods(["GET", "POST"])
@opens(Evidence, **PIECE, may=policies.can_keep_evidence)
def evidence_withdraw(request: Request, evidence: Evidence) -> HttpResponse:
    """Take it back from its readers, with a reason."""
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw_evidence(
                evidence_id=evidence.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The piece is withdrawn. It stays sealed."))
            return redirect(evidence)
    context = _context(evidence) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "incidents/evidence_withdraw.html", context, status=status)


def _added(request: Request, form: forms.EvidenceForm) -> Evidence | None:
    """The piece; None when the file or what is said of it is refused, with why beside it."""
    name = form.upload.name or ""
    who: dict[str, Any] = {"incident_id": form.incident.pk, "by": request.user}
    who["at"] = timezone.now()
    try:
        return actions.add_evidence(upload=form.upload, name=name, details=form.details(), **who)
    except DetailsRefused as refusal:
        add_broken(form, list(refusal.broken))
    except FileRefused as refusal:
        actions.turn_away_file(name=name, refusal=refusal, **who)
        form.add_error("file", str(refusal))
    except RuleBroken as refusal:
        form.add_error("file", str(refusal))
    return None


def _context(evidence: Evidence) -> dict[str, Any]:
    return {
        "evidence": evidence,
        "incident": evidence.incident,
        "marking": selectors.marking_with(evidence.incident, [evidence]),
    }


def _handed_out(request: Request, opened: "File[bytes]", **said: Any) -> FileResponse:
    # Packing a picture or a film again costs much, saves nothing and loses its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return FileResponse(opened, headers=CLOSED, **said)


def _sent_as(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
