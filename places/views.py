"""Areas over HTTP: reference, the same for everybody who has signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import queries
from core.panels import render_blocks
from core.policy import signed_in
from places.finding import finder
from places.geometry import credit
from places.models import Area
from places.rendering import locator_map
from places.selectors import area_page, found, gazetteer


@require_safe
@signed_in
def area_list(request: HttpRequest) -> HttpResponse:
    """The ladder of areas, or those whose names fit what was typed."""
    words = queries.words(request.GET)
    shown = {"hits": found(words)} if words else {"provinces": gazetteer()}
    return render(request, "places/area_list.html", {"words": words, **shown})


@require_safe
@signed_in
def area_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One area: names, codes, where it lies, what lies in it, and what other rooms add."""
    area = get_object_or_404(Area.objects.with_parents(), pk=pk)
    page = area_page(area)
    blocks = render_blocks(request, area)
    context = {
        "area": area,
        "page": page,
        "map": locator_map(page.locator, name=area.label) if page.locator else None,
        "credit": credit(),
        "blocks": blocks,
        "marking": blocks.marking,
    }
    return render(request, "places/area_detail.html", context)


@require_safe
@signed_in
def area_find(request: HttpRequest) -> HttpResponse:
    """The areas that the beginning of a name may mean: the list that htmx puts under its field."""
    typed = queries.words(request.GET, "place")
    context = {"found": finder().found(typed), "typed": typed}
    return render(request, "places/_offered.html", context)
