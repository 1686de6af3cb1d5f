"""Roles unresolved, across the reviews that a person may see."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.http import Request
from core.keyset import BadCursor, page
from core.policy import lists
from places.models import Area
from reviews import selectors
from reviews.choices import UNRESOLVED, NetworkRoleKind
from reviews.models import Review

PAGE_SIZE = 40


@require_safe
@lists(Review)
def role_list(request: Request) -> HttpResponse:
    """Counts by role, district and named group, and the unresolved lines themselves."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in NetworkRoleKind.values else ""
    province = request.GET.get("province", "")
    area = int(province) if province.isdecimal() and len(province) < 10 else None
    try:
        found = page(
            selectors.unresolved_rows(request.user, kind, area),
            ("id",),
            cursor=request.GET.get("cursor", ""),
            size=PAGE_SIZE,
        )
    except BadCursor as error:
        raise Http404 from error
    counted = selectors.unresolved(request.user, kind, area)
    narrowed = {"kind": kind, "province": str(area or "")}
    context = {
        "found": counted,
        "lines": found.rows,
        "marking": counted.marking,
        "statuses": [status.label for status in UNRESOLVED],
        "kind": kind,
        "province": area,
        "kinds": NetworkRoleKind.choices,
        "provinces": Area.objects.provinces().current().order_by("name"),
        "newer": _address(narrowed, found.newer),
        "older": _address(narrowed, found.older),
    }
    return render(request, "reviews/role_list.html", context)


def _address(narrowed: dict[str, str], cursor: str) -> str:
    said = {name: value for name, value in narrowed.items() if value}
    return f"?{urlencode(said | {'cursor': cursor})}" if cursor else ""
