"""The kinds of product: what an address asks for, and the page of a draft while it is written."""

from typing import cast
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from agencies.http import Request
from bulletins import policies
from bulletins.choices import BulletinKind
from bulletins.product_forms import FORMS, half_written
from bulletins.rendering.of_product import product_document
from bulletins.rendering.pages import preview_of
from bulletins.selectors.products import incident_for
from core.policy import Decorator, asks
from incidents.models import Incident

# A page that shows another of ours in a frame.
framing = cast(Decorator, csp_update({"frame-src": [SELF]}))
framed = cast(
    Decorator,
    csp(
        {
            "default-src": [NONE],
            "style-src": [SELF],
            "font-src": [SELF],
            "frame-ancestors": [SELF],
        }
    ),
)
same_origin = cast(Decorator, xframe_options_sameorigin)


def asked_for(request: Request) -> tuple[str, Incident | None]:
    """The kind in the address, and its incident; 404 for an incident that is not to be seen."""
    kind = request.GET.get("kind", BulletinKind.LESSONS)
    if kind not in FORMS:
        raise Http404
    number = request.GET.get("incident", "")
    incident = incident_for(request.user, number)
    if number and incident is None:
        raise Http404
    return kind, incident if kind == BulletinKind.FLASH else None


def preview_address(kind: str, incident: Incident | None) -> str:
    """Where the page of what is being written is drawn."""
    query = {"kind": kind, **({"incident": str(incident.pk)} if incident else {})}
    return f"{reverse('bulletins:bulletin_preview')}?{urlencode(query)}"


@same_origin
@framed
@require_POST
@asks(policies.can_compose, hides=True)
def bulletin_preview(request: Request) -> HttpResponse:
    """The printed page of what stands in the form, whole or not; nothing is kept.

    htmx is given a frame that holds the page, the button without JavaScript the page itself,
    which it opens in the frame beside the form.
    """
    kind, incident = asked_for(request)
    if kind == BulletinKind.FLASH and incident is None:
        raise Http404
    form = FORMS[kind](request.POST, user=request.user)
    product, lesson_ids = half_written(form, kind=kind, user=request.user)
    product.incident = incident
    document = product_document(product, by=request.user, at=timezone.now(), lesson_ids=lesson_ids)
    page = preview_of(document)
    if "HX-Request" not in request.headers:
        return HttpResponse(page)
    return render(request, "bulletins/_preview.html", {"page": page})
