"""The whole life of one record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.selectors import life_page
from audit.views import asking
from core.keyset import BadCursor

LARGEST = 2**63


@require_safe
@asking.for_readers
def record_life(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """All that happened to it, newest first; 404 where the reader's remit holds nothing of it."""
    user = asking.reader(request)
    if pk >= LARGEST or "\0" in kind:
        raise Http404
    try:
        life = life_page(user, kind, pk, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    if life is None:
        raise Http404
    context = {
        "life": life,
        "newer": asking.address(request, life.newer),
        "older": asking.address(request, life.older),
    }
    return render(request, "audit/record_life.html", context)
