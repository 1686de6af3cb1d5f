"""What the page of the register needs besides its rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agencies.choices import TLP, Classification
from agencies.http import Request
from agencies.models.marking import allowed_classifications
from core import text
from core.narrowings import narrowings
from incidents import policies
from incidents.choices import AttackType, Occasion, TargetType, YesNoUnknown
from incidents.columns import DEFAULT, Column
from incidents.models import Incident, SavedFilter
from incidents.rendering import register_heads, register_rows
from incidents.selectors import (
    Filters,
    Register,
    chosen_areas,
    district_options,
    province_options,
)

Columns = tuple[Column, ...]
# The whole register, also for whom another address opens first.
WHOLE = "?all=1"
# Saved filters beside the others; the rest is a page further.
MOST_SHOWN = 8


def context(
    request: Request, filters: Filters, columns: Columns, found: Register
) -> dict[str, Any]:
    """Rows, filters with what is chosen, and the ways on."""
    return filter_context(request, filters, columns) | {
        "shown": len(found.rows),
        "heads": register_heads(columns),
        "rows": register_rows(found.rows, columns),
        "until": found.until,
        "marking": found.marking,
        "newer": _address(request, cursor=found.newer) if found.newer else "",
        "older": _address(request, cursor=found.older) if found.older else "",
        "can_record": policies.can_record_incident(request.user),
        "can_load": policies.can_load_incidents(request.user),
    }


def filter_context(request: Request, filters: Filters, columns: Columns) -> dict[str, Any]:
    """The filters with what is chosen, and the way back from each."""
    areas = chosen_areas(filters)
    chosen = dict(filters.further)
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
        "classifications": [(each.value, each.label) for each in allowed_classifications()],
        "further": [(each, chosen.get(name, "")) for name, each in narrowings(Incident).items()],
        "columns": columns,
        "own_columns": columns != DEFAULT,
        "all_columns": Column.choices,
        "asked": _address(request),
        "chips": [
            (words, _address(request, without=name))
            for name, words in said(filters, columns, areas)
        ],
        "whole": WHOLE,
    }


def saved_context(saved: Sequence[SavedFilter], query: str) -> dict[str, Any]:
    """What the reader saved, as far as the page has room, and whether this is among it."""
    return {
        "query": query,
        "saved": saved[:MOST_SHOWN],
        "saved_more": len(saved) > MOST_SHOWN,
        "is_saved": any(each.query == query for each in saved),
    }


def said(filters: Filters, columns: Columns, areas: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """What the register is narrowed to and shows, in words; each with its name in the address."""
    words = {
        "q": filters.words and _("“%(words)s”") % {"words": filters.words},
        "province": _area(filters.province, areas),
        "district": _area(filters.district, areas),
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
        "classification": filters.classification
        and str(Classification(filters.classification).label),
        **{name: _further(name, code) for name, code in filters.further},
        "cols": "" if columns == DEFAULT else _("own columns"),
    }
    return ((name, each) for name, each in words.items() if each)


def _area(pk: int | None, areas: Mapping[int, str]) -> str:
    """Its name; an address may be older than the map, and what is not there any more is said."""
    return "" if pk is None else areas.get(pk) or _("an area that does not exist any more")


def _further(name: str, code: str) -> str:
    narrowing = narrowings(Incident)[name]
    return _("%(filter)s: %(answer)s") % {
        "filter": narrowing.label,
        "answer": narrowing.words(code),
    }


def _address(request: Request, *, cursor: str = "", without: str = "") -> str:
    query = request.GET.copy()
    for name in ("cursor", without):
        query.pop(name, None)
    if cursor:
        query["cursor"] = cursor
    return f"?{query.urlencode()}" if query or not without else WHOLE
