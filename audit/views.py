"""The record of deeds, for those whose remit it is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.choices import Verb
from audit.policies import can_read_audit, has_whole_remit
from audit.selectors import as_deeds, deed_page
from core.keyset import BadCursor


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Deeds in the reader's remit, newest first. To anybody else the page is not there."""
    user = request.user
    if not user.is_authenticated or not can_read_audit(user):
        raise Http404
    verb = request.GET.get("verb", "")
    record = request.GET.get("record", "").replace("\0", "").strip()[:200]
    if verb and verb not in Verb.values:
        raise Http404
    try:
        page = deed_page(user, verb=verb, record=record, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "deeds": as_deeds(user, page.rows),
        "verbs": Verb.choices,
        "verb": verb,
        "record": record,
        "newer": _link(request, page.newer),
        "older": _link(request, page.older),
        "whole": has_whole_remit(user),
    }
    return render(request, "audit/event_list.html", context)


def _link(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"
