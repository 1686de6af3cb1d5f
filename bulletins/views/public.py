"""The public page: bulletins that are open to anyone, and their feed. Nobody signs in."""

import hashlib

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bulletins.choices import Language, RenderingState
from bulletins.models import Bulletin, Document
from bulletins.rendering.atom import Entry, Feed, feed_of
from bulletins.selectors.public import last_changed, open_to_all, public_page
from bulletins.views.bulletins import paged_address
from core.keyset import BadCursor
from core.policy import public


@require_safe
@public
def public_list(request: HttpRequest) -> HttpResponse:
    """What is open to anyone, newest first."""
    language = _asked(request)
    try:
        page = public_page(language=language, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "page": page,
        "language": language,
        "languages": Language.choices,
        "newer": paged_address(page.newer, language=language),
        "older": paged_address(page.older, language=language),
    }
    return render(request, "bulletins/public_list.html", context)


@require_safe
@public
def public_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One of them, and the way to its PDF."""
    bulletin = get_object_or_404(open_to_all(), reference=number)
    context = {"bulletin": bulletin, "marking": bulletin, "document": document_of(bulletin)}
    return render(request, "bulletins/public_detail.html", context)


@require_safe
@public
def public_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The document as it was issued: open to anyone, so it is nobody's numbered copy."""
    bulletin = get_object_or_404(open_to_all(), reference=number)
    document = document_of(bulletin)
    if document is None or not default_storage.exists(document.path):
        raise Http404
    tag = f'"{document.sha256}"'
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        return known
    response = FileResponse(
        default_storage.open(document.path, "rb"),
        as_attachment=True,
        filename=f"{bulletin.reference}-{bulletin.edition}.pdf",
        content_type="application/pdf",
    )
    response["ETag"] = tag
    return response


@require_safe
@public
def feed(request: HttpRequest) -> HttpResponseBase:
    """The same list as an Atom feed, whole or of one language. The language is in the address:
    programs that read feeds send no cookie."""
    asked = _asked(request)
    language = asked or Language.ENGLISH
    try:
        page = public_page(language=asked, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    site = settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"
    here = f"{site}{reverse('public:feed')}"
    changed = last_changed()
    with override(language):
        title = _("Bulletins open to all")
        about = Feed(
            title=title,
            language=language,
            host=site.partition("://")[2].partition(":")[0],
            updated=changed,
            links={
                "self": f"{here}{paged_address(request.GET.get('cursor', ''), language=asked)}"
                if request.GET.get("cursor")
                else here + (f"?language={asked}" if asked else ""),
                "alternate": site + reverse("public:public_list"),
                "previous": _beside(here, page.newer, asked),
                "next": _beside(here, page.older, asked),
            },
        )
        body = feed_of(about, [_entry(each, site) for each in page.rows])
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    seconds = int(changed.timestamp()) if changed else None
    response["ETag"] = tag
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    answer = get_conditional_response(request, etag=tag, last_modified=seconds, response=response)
    return answer or response


def document_of(bulletin: Bulletin) -> Document | None:
    """Its newest finished document."""
    done = bulletin.renderings.filter(state=RenderingState.DONE).select_related("document")
    rendering = done.order_by("-finished_at", "-pk").first()
    return rendering.document if rendering else None


def _entry(bulletin: Bulletin, site: str) -> Entry:
    page, pdf = (
        site + reverse(name, args=[bulletin.reference])
        for name in ("public:public_detail", "public:public_pdf")
    )
    return Entry(bulletin, page, pdf)


def _beside(here: str, cursor: str, language: str) -> str:
    return here + paged_address(cursor, language=language) if cursor else ""


def _asked(request: HttpRequest) -> str:
    language = request.GET.get("language", "")
    return language if language in Language.values else ""
