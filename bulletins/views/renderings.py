"""Where a document is, asking for it again, and handing it out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.http import Request, note_opened
from agencies.models import User
from bulletins import policies, selectors
from bulletins.actions import receipts, renderings
from bulletins.choices import RenderingState
from bulletins.models import Brief, Bulletin, Document
from bulletins.rendering.sandbox import Reason, sentence
from bulletins.views.copies import hand_out
from core.policy import opens


def rendering_context(user: User, product: Bulletin | Brief) -> dict[str, Any]:
    """What `_rendering.html` shows."""
    rendering = selectors.newest_rendering(product)
    known = rendering is not None and rendering.error in set(Reason)
    return {
        "product": product,
        "is_bulletin": isinstance(product, Bulletin),
        "rendering": rendering,
        "under_way": rendering is not None
        and rendering.state in {RenderingState.WAITING, RenderingState.RENDERING},
        "failed_because": sentence(Reason(rendering.error)) if rendering and known else "",
        "may_retry": policies.can_retry(user, product),
    }


@require_safe
@opens(Bulletin)
def bulletin_rendering(request: Request, product: Bulletin) -> HttpResponse:
    """The state of a bulletin's document: the piece that htmx polls, a page without it."""
    return _state(request, product)


@require_safe
@opens(Brief)
def brief_rendering(request: Request, product: Brief) -> HttpResponse:
    """The state of a brief's document."""
    return _state(request, product)


@require_POST
@opens(Bulletin)
def bulletin_retry(request: Request, product: Bulletin) -> HttpResponse:
    """Have a failed document made again."""
    try:
        renderings.retry_bulletin(bulletin_id=product.pk, by=request.user, at=timezone.now())
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("The document is being made again."))
    return redirect(product)


@require_POST
@opens(Brief)
def brief_retry(request: Request, product: Brief) -> HttpResponse:
    """Have a failed brief made again."""
    try:
        renderings.retry_brief(brief_id=product.pk, by=request.user, at=timezone.now())
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("The document is being made again."))
    return redirect(product)


@require_safe
@opens(Bulletin)
def bulletin_pdf(request: Request, bulletin: Bulletin) -> HttpResponseBase:
    """The person's numbered copy. The first time for an agency it was sent to counts as opened."""
    document = _document(bulletin)
    note_opened(request, bulletin)
    if request.method != "GET":
        # Never the document itself: what leaves is somebody's copy.
        return HttpResponse(content_type="application/pdf")
    now = timezone.now()
    receipts.open_bulletin(bulletin_id=bulletin.pk, by=request.user, at=now)
    return hand_out(bulletin, document, by=request.user, at=now)


@require_safe
@opens(Brief)
def brief_pdf(request: Request, brief: Brief) -> FileResponse:
    """The stored PDF of a brief."""
    document = _document(brief)
    note_opened(request, brief)
    if request.method == "GET":
        receipts.open_brief(brief_id=brief.pk, by=request.user, at=timezone.now())
    return _file(document, f"{brief.reference}.pdf")


def _state(request: Request, product: Bulletin | Brief) -> HttpResponse:
    context = {**rendering_context(request.user, product), "marking": product}
    if not getattr(request, "htmx", False):
        return redirect(product)
    return render(request, "bulletins/_rendering.html", context)


def _document(product: Bulletin | Brief) -> Document:
    """The newest finished document. Http404 when there is none, or its file is gone."""
    done = product.renderings.filter(state=RenderingState.DONE).select_related("document")
    rendering = done.order_by("-finished_at", "-pk").first()
    if rendering is None or rendering.document is None:
        raise Http404
    if not default_storage.exists(rendering.document.path):
        raise Http404
    return rendering.document


def _file(document: Document, name: str) -> FileResponse:
    response = FileResponse(
        default_storage.open(document.path, "rb"),
        as_attachment=True,
        filename=name,
        content_type="application/pdf",
    )
    # A shared PC must not keep it.
    response["Cache-Control"] = "private, no-store"
    return response
