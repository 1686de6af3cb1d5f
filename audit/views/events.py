"""The record of deeds, for those whose remit it is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.choices import Verb
from audit.policies import has_whole_remit
from audit.selectors import as_deeds, deed_page
from audit.selectors.doors import agencies
from audit.views import asking
from core.keyset import BadCursor


@require_safe
@asking.for_readers
def event_list(request: HttpRequest) -> HttpResponse:
    """Deeds in the reader's remit, newest first."""
    user = asking.reader(request)
    filters = asking.filters(request)
    try:
        page = deed_page(user, filters, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "deeds": as_deeds(user, page.rows),
        "verbs": Verb.choices,
        "agencies": agencies(),
        "filters": filters,
        "asked": asking.asked(request),
        "newer": asking.address(request, page.newer),
        "older": asking.address(request, page.older),
        "whole": has_whole_remit(user),
    }
    return render(request, "audit/event_list.html", context)
