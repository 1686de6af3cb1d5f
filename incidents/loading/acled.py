"""Rows of ACLED (codebook of 2023): the deployment's own download; its data are not shipped here.

Its fatalities are one number for everybody. Time precision 2 is a week or so, 3 a month.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from incidents.choices import (
    AttackType,
    CasualtyGroup,
    CasualtyState,
    PlacePrecision,
    Precision,
    TargetType,
    YesNoUnknown,
)
from incidents.details import SourceDetails, When
from incidents.loading import places, values
from incidents.loading.drafts import Count, Draft, RowRefused
from incidents.loading.rows import Row
from places.gazetteer import Gazetteer

SCHEME = "ACLED"
NAME = "ACLED"
CREDIT = "Armed Conflict Location & Event Data (acleddata.com); under its own terms of use"
DAY = "event_date"
REQUIRED = frozenset(
    {"event_id_cnty", "event_date", "event_type", "sub_event_type", "admin1", "fatalities"}
)
KINDS = {
    "Suicide bomb": AttackType.BOMBING,
    "Remote explosive/landmine/IED": AttackType.BOMBING,
    "Grenade": AttackType.BOMBING,
    "Shelling/artillery/missile attack": AttackType.BOMBING,
    "Air/drone strike": AttackType.BOMBING,
    "Armed clash": AttackType.ARMED_ASSAULT,
    "Attack": AttackType.ARMED_ASSAULT,
    "Abduction/forced disappearance": AttackType.KIDNAPPING,
    "Looting/property destruction": AttackType.FACILITY,
}
WHERE = {"1": PlacePrecision.EXACT, "2": PlacePrecision.NEAR, "3": PlacePrecision.PROVINCE}


def draft(row: Row, gazetteer: Gazetteer) -> Draft:
    """What the row says. Raises RowRefused."""
    key = values.key(row, "event_id_cnty")
    values.refuse_abroad(row, "country")
    claimed = WHERE.get(row.cells.get("geo_precision", ""), "")
    area = places.area_of(
        gazetteer,
        province=places.Named("admin1", values.word(row, "admin1")),
        district=places.Named("admin2", values.word(row, "admin2")),
        no_closer_than=claimed,
    )
    latitude, longitude = values.point(row, "latitude", "longitude")
    sub = values.word(row, "sub_event_type")
    place = values.word(row, "location")
    kind = KINDS.get(sub, AttackType.UNKNOWN)
    civilians = values.word(row, "civilian_targeting").casefold() == "civilian targeting"
    actors = (values.word(row, "actor1"), values.word(row, "actor2"))
    dead = values.number(row, "fatalities")
    return Draft(
        key=key,
        title=values.short(f"{sub or values.word(row, 'event_type')}: {place}", 200),
        when=_when(row),
        area=area,
        place_precision=places.precision(claimed, area),
        place_text=values.short(place, 200),
        latitude=latitude,
        longitude=longitude,
        attack_type=kind,
        suicide=YesNoUnknown.YES if sub == "Suicide bomb" else YesNoUnknown.UNKNOWN,
        target_type=TargetType.CITIZENS if civilians else TargetType.UNKNOWN,
        group_named=values.short("; ".join(filter(None, actors)), 200),
        summary=values.word(row, "notes"),
        counts=()
        if dead is None
        else (Count(CasualtyGroup.EVERYBODY, CasualtyState.KILLED, best=dead),),
        source=SourceDetails(
            title=values.short(f"{NAME} {key}. {values.word(row, 'source')}".rstrip(". "), 200)
        ),
    )


def _when(row: Row) -> When:
    found = values.day(row, "event_date")
    if found is None:
        raise RowRefused("event_date", "", _("The day is missing. Write it like 2023-09-29."))
    match row.cells.get("time_precision", ""):
        case "3":
            return When(on_date=found.replace(day=1), precision=Precision.MONTH)
        case "2":
            # The week that begins with the day that is named.
            return When(
                on_date=found, until_date=found + timedelta(days=6), precision=Precision.RANGE
            )
        case _:
            return When(on_date=found)
