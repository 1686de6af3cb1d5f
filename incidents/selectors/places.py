"""Provinces, districts and tehsils as choices."""

from dataclasses import dataclass, field

from django.core.cache import cache
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import text
from places.choices import Level
from places.models import Area

Choice = tuple[int, str]
# Areas change a few times a year; the register is opened all day.
KEPT_SECONDS = 300


@dataclass
class Places:
    """Provinces, and their districts under each."""

    provinces: list[Choice] = field(default_factory=list)
    districts: list[tuple[str, list[Choice]]] = field(default_factory=list)


def places() -> Places:
    """Every current province and district, by name, in the language of the page. One query."""
    urdu = text.language() == "ur"
    rows = (
        Area.objects.current()
        .filter(level__in=[Level.PROVINCE, Level.DISTRICT])
        .order_by("name")
        .values_list("pk", "level", "province_id", "name", "name_ur")
    )
    found = Places()
    by_province: dict[int | None, list[Choice]] = {}
    for pk, level, province, name, name_ur in rows:
        label = (name_ur if urdu else "") or name
        if level == Level.PROVINCE:
            found.provinces.append((pk, label))
        else:
            by_province.setdefault(province, []).append((pk, label))
    found.districts = [(label, by_province.get(pk, [])) for pk, label in found.provinces]
    return found


def tehsils(district: int | None) -> list[Choice]:
    """The tehsils of one district, by name."""
    if district is None:
        return []
    rows = Area.objects.current().tehsils().filter(parent_id=district).order_by("name")
    return [(area.pk, area.label) for area in rows.only("name", "name_ur")]


def province_options() -> SafeString:
    """The `option` elements of all provinces, kept between requests."""
    return _options()[0]


def district_options() -> SafeString:
    """The `option` elements of all districts under their provinces, kept between requests."""
    return _options()[1]


def _options() -> tuple[SafeString, SafeString]:
    key = f"incidents.places.{text.language()}"
    kept: tuple[SafeString, SafeString] | None = cache.get(key)
    if kept is None:
        found = places()
        kept = (_plain(found.provinces), _grouped(found.districts))
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _plain(choices: list[Choice]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', choices)


def _grouped(groups: list[tuple[str, list[Choice]]]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<optgroup label="{}">{}</optgroup>', label, _plain(choices)),)
            for label, choices in groups
            if choices
        ),
    )
