"""The directory of agencies over HTTP: reference, but for the groups that an agency is in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.http import Request
from agencies.models import Agency
from agencies.selectors.directory import agency_page, directory
from core import queries
from core.panels import render_blocks
from core.policy import signed_in


@require_safe
@signed_in
def agency_list(request: Request) -> HttpResponse:
    """Active agencies by tier and province, or those whose names fit what was typed."""
    words = queries.words(request.GET)
    context = {"words": words, "shelves": directory(words)}
    return render(request, "agencies/agency_list.html", context)


@require_safe
@signed_in
def agency_detail(request: Request, pk: int) -> HttpResponse:
    """One agency: what it is, how many work in it here, and what it has published."""
    agencies = Agency.objects.select_related("province").defer("province__shape")
    agency = get_object_or_404(agencies, pk=pk)
    blocks = render_blocks(request, agency)
    context = {
        "agency": agency,
        "page": agency_page(request.user, agency),
        "blocks": blocks,
        "marking": blocks.marking,
    }
    return render(request, "agencies/agency_detail.html", context)
