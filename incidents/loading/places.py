"""Where a row says it was: the smallest area that is certain, and nothing smaller."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.choices import PlacePrecision
from incidents.loading.drafts import PlaceAsked, RowRefused
from places.choices import Level
from places.gazetteer import Gazetteer, Place

KNOWN_TO = {
    Level.PROVINCE: PlacePrecision.PROVINCE,
    Level.DIVISION: PlacePrecision.DIVISION,
    Level.DISTRICT: PlacePrecision.DISTRICT,
}


@dataclass(frozen=True)
class Named:
    """A cell that names a place, and its column."""

    column: str
    text: str


def area_of(
    gazetteer: Gazetteer, *, province: Named, district: Named, no_closer_than: str = ""
) -> Place | None:
    """The smallest area that the names give; None for no more than the country.

    `no_closer_than` is the precision that the data set itself claims: a row known to its province
    alone is in no district, whatever the cell says. Raises PlaceAsked and RowRefused.
    """
    if no_closer_than == PlacePrecision.COUNTRY:
        return None
    whole = gazetteer.province(province.text) if province.text else None
    if province.text and whole is None:
        raise RowRefused(
            province.column,
            province.text,
            _("No province is called “%(name)s”. Correct it or leave it blank.")
            % {"name": province.text[:60]},
        )
    if not district.text or no_closer_than == PlacePrecision.PROVINCE:
        return whole
    meant = gazetteer.district(district.text, province=whole)
    if meant.is_doubtful:
        raise PlaceAsked(
            district.column,
            district.text,
            _("“%(name)s” may mean several areas. Say which, once for the whole file.")
            % {"name": district.text[:60]},
        )
    if meant.only is None and whole and gazetteer.district(district.text).places:
        raise PlaceAsked(
            district.column,
            district.text,
            _("“%(name)s” is not in %(province)s. Correct one of them, or say which area is meant.")
            % {"name": district.text[:60], "province": whole.label},
        )
    if meant.only is None:
        raise PlaceAsked(
            district.column,
            district.text,
            _("No district is called “%(name)s”. Say which it is, once for the whole file.")
            % {"name": district.text[:60]},
        )
    return meant.only


def precision(claimed: str, area: Place | None) -> str:
    """What the data set claims, but never closer than the area that was found."""
    if area is None:
        return PlacePrecision.COUNTRY
    found = KNOWN_TO[Level(area.level)]
    order = list(PlacePrecision)
    if found == PlacePrecision.DISTRICT:
        return claimed or found
    return max(claimed or found, found, key=lambda each: order.index(PlacePrecision(each)))
