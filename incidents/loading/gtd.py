"""Rows of the Global Terrorism Database (START, codebook 2021); its data are not shipped here.

Minus nine and minus ninety-nine mean that nothing is known, day or month 0 that no more is. The
dead and wounded count attackers too: victims are what remains when those are taken away.
`success` is told by the tangible effects of the attack: whether its kind took place, and whether
the target of an assassination was killed. A bomb that failed by itself is no success either, so
0 is noted as GTD's word and never taken for an attack that was foiled.
"""

from django.utils.translation import gettext as _

from incidents.choices import (
    AttackType,
    CasualtyGroup,
    CasualtyState,
    PlacePrecision,
    TargetType,
    YesNoUnknown,
)
from incidents.details import SourceDetails
from incidents.loading import places, values
from incidents.loading.drafts import Count, Draft, RowRefused
from incidents.loading.rows import Row
from incidents.models.imports import NO_SUCCESS
from places.gazetteer import Gazetteer, Place

SCHEME = "GTD"
NAME = "GTD"
CREDIT = "Global Terrorism Database (START, University of Maryland); not to be passed on"
DAY = "iyear"
REQUIRED = frozenset({"eventid", "iyear", "imonth", "iday", "attacktype1", "gname", "nkill"})
# Specificity: 1 the city, 2 and 3 a centroid in the district, 4 the province, 5 not known.
WHERE = {"4": PlacePrecision.PROVINCE, "5": PlacePrecision.COUNTRY}
YES, NO = "1", "0"


def draft(row: Row, gazetteer: Gazetteer) -> Draft:
    """What the row says. Raises RowRefused."""
    key = values.key(row, "eventid")
    values.refuse_abroad(row, "country_txt")
    area = _area(row, gazetteer)
    claimed = WHERE.get(row.cells.get("specificity", ""), "")
    if not claimed and row.cells.get("specificity") == "1":
        claimed = PlacePrecision.NEAR
    latitude, longitude = values.point(row, "latitude", "longitude")
    city = values.word(row, "city")
    return Draft(
        key=key,
        title=values.short(_title(row), 200),
        when=values.partial_day(row, "iyear", "imonth", "iday"),
        area=area,
        place_precision=places.precision(claimed, area),
        place_text=values.short(values.word(row, "location") or city, 200),
        latitude=latitude,
        longitude=longitude,
        attack_type=_code(row, "attacktype1", AttackType.values, AttackType.UNKNOWN),
        suicide={YES: YesNoUnknown.YES, NO: YesNoUnknown.NO}.get(
            row.cells.get("suicide", ""), YesNoUnknown.UNKNOWN
        ),
        target_type=_code(row, "targtype1", TargetType.values, TargetType.UNKNOWN),
        target_text=values.short(values.word(row, "target1"), 200),
        group_named=values.short(values.word(row, "gname"), 200),
        summary=values.word(row, "summary"),
        counts=(
            *_counts(row, CasualtyState.KILLED, "nkill", "nkillter"),
            *_counts(row, CasualtyState.INJURED, "nwound", "nwoundte"),
        ),
        source=SourceDetails(
            title=values.short(f"{NAME} {key}. {values.word(row, 'scite1')}".rstrip(". "), 200)
        ),
        notes=(NO_SUCCESS,) if row.cells.get("success") == NO else (),
    )


def _area(row: Row, gazetteer: Gazetteer) -> Place | None:
    """GTD names a province and a city; the city is a district's name, a tehsil's, or none."""
    claimed = WHERE.get(row.cells.get("specificity", ""), "")
    named = places.Named("provstate", values.word(row, "provstate"))
    wide = places.area_of(
        gazetteer, province=named, district=places.Named("city", ""), no_closer_than=claimed
    )
    city = values.word(row, "city")
    if not city or claimed:
        return wide
    meant = gazetteer.district(city, province=wide)
    if meant.is_doubtful:
        return places.area_of(gazetteer, province=named, district=places.Named("city", city))
    tehsil = gazetteer.tehsil(city, province=wide).only
    above = gazetteer.by_pk.get(tehsil.above or 0) if tehsil else None
    return meant.only or above or wide


def _title(row: Row) -> str:
    kind = AttackType(_code(row, "attacktype1", AttackType.values, AttackType.UNKNOWN))
    told = {AttackType.UNKNOWN: "Attack", AttackType.BOMBING: "Bombing or explosion"}.get(
        kind, str(kind.label)
    )
    where = values.word(row, "city") or values.word(row, "provstate")
    target = values.word(row, "target1")
    head = f"{told}, {where}" if where else told
    return f"{head}: {target}" if target else head


def _code(row: Row, column: str, known: list[str], otherwise: str) -> str:
    text = values.word(row, column).removesuffix(".0")
    if not text:
        return otherwise
    if text not in known:
        raise RowRefused(
            column,
            text,
            _("“%(value)s” is no code of this column. Correct it.") % {"value": text[:40]},
        )
    return text


def _counts(row: Row, state: str, everybody: str, attackers: str) -> list[Count]:
    total, theirs = values.number(row, everybody), values.number(row, attackers)
    if total is None:
        return []
    found = [Count(CasualtyGroup.EVERYBODY, state, best=total)]
    if theirs is not None and theirs <= total:
        found.insert(0, Count(CasualtyGroup.VICTIMS, state, best=total - theirs))
        if theirs:
            found.insert(1, Count(CasualtyGroup.ATTACKERS, state, best=theirs))
    return found
