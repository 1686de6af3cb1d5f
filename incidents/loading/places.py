"""Where a row says it was: the smallest area that is certain, and nothing smaller."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import PlacePrecision
from incidents.loading.drafts import PlaceAsked, RowRefused
from places.choices import Level
from places.gazetteer import Gazetteer, Place

KNOWN_TO = {
    Level.PROVINCE: PlacePrecision.PROVINCE,
    Level.DIVISION: PlacePrecision.DIVISION,
    Level.DISTRICT: PlacePrecision.DISTRICT,
}


SEVERAL = gettext_lazy("“%(name)s” may mean several areas. Say which, once for the whole file.")
UNKNOWN = gettext_lazy("No province is called “%(name)s”. Correct it or leave it blank.")
EDITIONS = gettext_lazy(
    "“%(name)s” means one area in the codes of 2018 and another in those of 2022. Say of which year"
    " the codes of this file are, or which area is meant."
)
# From the exact spot to the whole country.
WIDER = tuple(PlacePrecision.values)


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
    whole = _province(gazetteer, province)
    if not district.text or no_closer_than == PlacePrecision.PROVINCE:
        return whole
    meant = gazetteer.district(district.text, province=whole)
    if meant.is_doubtful:
        told = EDITIONS if gazetteer.asks_edition(district.text) else SEVERAL
        raise PlaceAsked(district.column, district.text, told % {"name": district.text[:60]})
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


def _province(gazetteer: Gazetteer, named: Named) -> Place | None:
    if not named.text:
        return None
    meant = gazetteer.province(named.text)
    if meant.only is None:
        told = EDITIONS if meant.is_doubtful else UNKNOWN
        raise RowRefused(named.column, named.text, told % {"name": named.text[:60]})
    return meant.only


def precision(claimed: str, area: Place | None) -> str:
    """What the data set claims, but never closer than the area that was found."""
    if area is None:
        return PlacePrecision.COUNTRY
    found = KNOWN_TO[Level(area.level)]
    if found == PlacePrecision.DISTRICT:
        return claimed or found
    return max(claimed or found, found, key=WIDER.index)
