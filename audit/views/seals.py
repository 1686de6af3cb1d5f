"""The seals over the record, and what the last verification found."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.models import Seal, Verification
from audit.policies import has_whole_remit
from audit.sealing.findings import from_plain
from audit.sealing.printed import short
from audit.views import asking
from core.keyset import BadCursor, page


@require_safe
@asking.for_readers
def seal_list(request: HttpRequest) -> HttpResponse:
    """Newest first. How many events they cover is for those who may count every event."""
    user = asking.reader(request)
    try:
        found = page(Seal.objects.all(), ("number",), cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    last_run = Verification.objects.order_by("-ran_at", "-pk").first()
    context = {
        "seals": [(seal, short(seal.number, bytes(seal.root))) for seal in found.rows],
        "newer": asking.address(request, found.newer),
        "older": asking.address(request, found.older),
        "whole": has_whole_remit(user),
        "last_run": last_run,
        "findings": [from_plain(each) for each in last_run.findings] if last_run else [],
    }
    return render(request, "audit/seal_list.html", context)
