"""Rows of the UCDP Georeferenced Event Dataset, plain or with HXL tags.

Codebook: Sundberg and Melander 2013; version notes of each release. Its deaths count both sides and
civilians: attackers are in `best`, so it is kept as everybody's total and never as victims'.
"""

from django.utils.translation import gettext as _

from incidents.choices import CasualtyGroup, CasualtyState, PlacePrecision, TargetType
from incidents.details import SourceDetails, When
from incidents.loading import places, values
from incidents.loading.drafts import Count, Draft, RowRefused
from incidents.loading.rows import Row
from incidents.models.imports import OUT_OF_ORDER
from places.gazetteer import Gazetteer

SCHEME = "UCDP-GED"
NAME = "UCDP GED"
CREDIT = "UCDP Georeferenced Event Dataset (GED), CC BY 4.0"
DAY = "date_start"
REQUIRED = frozenset(
    {"id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "best", "high", "low"}
)
STATE_BASED, NON_STATE, ONE_SIDED = "1", "2", "3"
WHERE = {
    "1": PlacePrecision.EXACT,
    "2": PlacePrecision.NEAR,
    "3": PlacePrecision.DISTRICT,
    "4": PlacePrecision.PROVINCE,
    "5": PlacePrecision.LINE,
    "6": PlacePrecision.COUNTRY,
    "7": PlacePrecision.COUNTRY,
}
STATE = "Government of "
GROUPS = tuple(CasualtyGroup.values)
SUMMED = "Summed here from the parts that its source gives."


def draft(row: Row, gazetteer: Gazetteer) -> Draft:
    """What the row says. Raises RowRefused."""
    key = values.key(row, "id")
    values.refuse_abroad(row, "country")
    claimed = WHERE.get(row.cells.get("where_prec", ""), "")
    area = places.area_of(
        gazetteer,
        province=places.Named("adm_1", values.word(row, "adm_1")),
        district=places.Named("adm_2", values.word(row, "adm_2")),
        no_closer_than=claimed,
    )
    latitude, longitude = values.point(row, "latitude", "longitude")
    kind = row.cells.get("type_of_violence", "")
    return Draft(
        key=key,
        title=values.short(_title(row, kind), 200),
        when=_when(row),
        area=area,
        place_precision=places.precision(claimed, area),
        place_text=values.short(values.word(row, "where_coordinates"), 200),
        latitude=latitude,
        longitude=longitude,
        target_type=TargetType.CITIZENS if kind == ONE_SIDED else TargetType.UNKNOWN,
        group_named=values.short(_groups(row), 200),
        summary=_summary(row),
        counts=_counts(row),
        source=_source(row),
        notes=_notes(row),
    )


def _title(row: Row, kind: str) -> str:
    a, b = values.word(row, "side_a"), values.word(row, "side_b")
    if kind == ONE_SIDED:
        told = f"{a} against civilians"
    elif kind == NON_STATE:
        told = f"{a} and {b}, fighting each other"
    else:
        told = f"{a} and {b}, armed conflict"
    place = values.word(row, "where_coordinates")
    return f"{told}: {place}" if place else told


def _when(row: Row) -> When:
    first, last = values.day(row, "date_start"), values.day(row, "date_end")
    if first is None:
        raise RowRefused("date_start", "", _("The day is missing. Write it like 2023-09-29."))
    return values.span(first, last or first, column="date_end")


def _groups(row: Row) -> str:
    """The sides that are no government, as the data set names them."""
    sides = (values.word(row, "side_a"), values.word(row, "side_b"))
    return "; ".join(s for s in sides if s and not s.startswith(STATE) and s != "Civilians")


def _summary(row: Row) -> str:
    parts = (
        values.word(row, "where_description"),
        f"UCDP: {values.word(row, 'dyad_name')}." if values.word(row, "dyad_name") else "",
    )
    return "\n".join(filter(None, parts))


def _counts(row: Row) -> tuple[Count, ...]:
    """Each part under whom it counts, then the total of all, as published."""
    killed = CasualtyState.KILLED
    side_a, side_b = values.word(row, "side_a"), values.word(row, "side_b")
    parts = [
        (_side(side_a), values.number(row, "deaths_a"), side_a),
        (_side(side_b), values.number(row, "deaths_b"), side_b),
        (CasualtyGroup.CIVILIAN, values.number(row, "deaths_civilians"), ""),
        (CasualtyGroup.NOT_TOLD, values.number(row, "deaths_unknown"), ""),
    ]
    found = [
        Count(group=group, state=killed, best=best, note=values.short(note, 300))
        for group, best, note in parts
        if best
    ]
    low, best, high = (values.number(row, name) for name in ("low", "best", "high"))
    if any(each is not None for each in (low, best, high)):
        found.append(Count(CasualtyGroup.EVERYBODY, killed, low, best, high))
    victims = _victims(found, best)
    return (victims, *found) if victims else tuple(found)


def _victims(found: list[Count], total: int | None) -> Count | None:
    """Victims as far as the parts tell them apart; None where the parts are not the whole.

    Those who may be either are in the upper end alone.
    """
    told = dict.fromkeys(GROUPS, 0)
    for each in found:
        if each.group != CasualtyGroup.EVERYBODY:
            told[each.group] += each.best or 0
    sure = told[CasualtyGroup.STATE_FORCES] + told[CasualtyGroup.CIVILIAN]
    unsure = told[CasualtyGroup.NOT_TOLD]
    if total is None or sum(told.values()) != total:
        return None
    if not unsure:
        return Count(CasualtyGroup.VICTIMS, CasualtyState.KILLED, best=sure, note=SUMMED)
    return Count(
        CasualtyGroup.VICTIMS, CasualtyState.KILLED, low=sure, high=sure + unsure, note=SUMMED
    )


def _side(name: str) -> str:
    forces = name.startswith(STATE)
    return CasualtyGroup.STATE_FORCES if forces else CasualtyGroup.ATTACKERS


def _notes(row: Row) -> tuple[str, ...]:
    low, best, high = (values.number(row, name) or 0 for name in ("low", "best", "high"))
    return () if low <= best <= high else (OUT_OF_ORDER,)


def _source(row: Row) -> SourceDetails:
    headline = values.word(row, "source_headline")
    office = values.word(row, "source_office")
    title = f"{NAME} {values.word(row, 'id')}"
    told = ": ".join(filter(None, (office, headline)))
    return SourceDetails(
        title=values.short(f"{title}. {told}" if told else title, 200),
        published=values.word(row, "source_date")[:10],
    )
