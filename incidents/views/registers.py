"""What the page of the register needs besides its rows."""

from typing import Any

from django.utils.translation import gettext as _

from agencies.http import Request
from incidents import policies
from incidents.choices import AttackType
from incidents.rendering import register_rows
from incidents.selectors import (
    Filters,
    Register,
    chosen_areas,
    district_options,
    province_options,
)


def context(request: Request, filters: Filters, found: Register) -> dict[str, Any]:
    """Rows, filters with what is chosen, and the ways on."""
    areas = chosen_areas(filters)
    return {
        "shown": len(found.rows),
        "rows": register_rows(found.rows),
        "until": found.until,
        "marking": found.marking,
        "filters": filters,
        "chosen_province": areas.get(filters.province or 0, ""),
        "chosen_district": areas.get(filters.district or 0, ""),
        "province_options": province_options,
        "district_options": district_options,
        "kinds": AttackType.choices,
        "chips": _chips(request, filters, areas),
        "newer": _address(request, cursor=found.newer) if found.newer else "",
        "older": _address(request, cursor=found.older) if found.older else "",
        "can_record": policies.can_record_incident(request.user),
        "can_load": policies.can_load_incidents(request.user),
    }


def _chips(request: Request, filters: Filters, areas: dict[int, str]) -> list[tuple[str, str]]:
    """What the register is narrowed to, each with the address without it."""
    said = {
        "q": filters.words and _("“%(words)s”") % {"words": filters.words},
        "province": areas.get(filters.province or 0, ""),
        "district": areas.get(filters.district or 0, ""),
        "kind": filters.attack_type and str(AttackType(filters.attack_type).label),
        "year": str(filters.year or ""),
    }
    return [(words, _address(request, without=name)) for name, words in said.items() if words]


def _address(request: Request, *, cursor: str = "", without: str = "") -> str:
    query = request.GET.copy()
    for name in ("cursor", without):
        query.pop(name, None)
    if cursor:
        query["cursor"] = cursor
    return f"?{query.urlencode()}"
