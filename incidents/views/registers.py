"""What the page of the register needs besides its rows."""

from typing import Any

from django.utils.translation import gettext as _

from agencies.choices import TLP
from agencies.http import Request
from core import text
from incidents import policies
from incidents.choices import AttackType, Occasion, TargetType, YesNoUnknown
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
    return filter_context(request, filters) | {
        "shown": len(found.rows),
        "rows": register_rows(found.rows),
        "until": found.until,
        "marking": found.marking,
        "newer": _address(request, cursor=found.newer) if found.newer else "",
        "older": _address(request, cursor=found.older) if found.older else "",
        "can_record": policies.can_record_incident(request.user),
        "can_load": policies.can_load_incidents(request.user),
    }


def filter_context(request: Request, filters: Filters) -> dict[str, Any]:
    """The filters with what is chosen, and the way back from each."""
    areas = chosen_areas(filters)
    return {
        "filters": filters,
        "chosen_province": areas.get(filters.province or 0, ""),
        "chosen_district": areas.get(filters.district or 0, ""),
        "province_options": province_options,
        "district_options": district_options,
        "kinds": AttackType.choices,
        "targets": TargetType.choices,
        "occasions": Occasion.choices,
        "answers": YesNoUnknown.choices,
        "tlps": TLP.choices,
        "asked": _address(request),
        "chips": _chips(request, filters, areas),
    }


def _chips(request: Request, filters: Filters, areas: dict[int, str]) -> list[tuple[str, str]]:
    """What the register is narrowed to, each with the address without it."""
    said = {
        "q": filters.words and _("“%(words)s”") % {"words": filters.words},
        "province": areas.get(filters.province or 0, ""),
        "district": areas.get(filters.district or 0, ""),
        "kind": filters.attack_type and str(AttackType(filters.attack_type).label),
        "year": str(filters.year or ""),
        "since": filters.since and _("from %(day)s") % {"day": text.short_date(filters.since)},
        "until": filters.until and _("to %(day)s") % {"day": text.short_date(filters.until)},
        "target": filters.target_type and str(TargetType(filters.target_type).label),
        "occasion": filters.occasion and str(Occasion(filters.occasion).label),
        "suicide": filters.suicide
        and _("suicide attack: %(answer)s") % {"answer": YesNoUnknown(filters.suicide).label},
        "group": filters.group,
        "killed": ""
        if filters.killed is None
        else _("at least %(n)s killed") % {"n": filters.killed},
        "tlp": filters.tlp and str(TLP(filters.tlp).label),
    }
    return [(words, _address(request, without=name)) for name, words in said.items() if words]


def _address(request: Request, *, cursor: str = "", without: str = "") -> str:
    query = request.GET.copy()
    for name in ("cursor", without):
        query.pop(name, None)
    if cursor:
        query["cursor"] = cursor
    return f"?{query.urlencode()}"
