"""The record of one district: how many in each year, how many killed, and what came back.

One statement over the incidents of the district that the reader may see
(`incident_of_district`): at a million incidents a district holds some thousands.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from agencies.models import User
from core.panels import Mark
from incidents.choices import TIMED, CasualtyGroup, CasualtyState, Precision, TargetType
from incidents.models import Incident
from places.models import Area

# The most that is said to have come back, of each kind.
MOST = 5
IN_A_YEAR = (Precision.MONTH.value, Precision.DAY.value, *(each.value for each in TIMED))
# What is grouped by, in the order of `grouping`, whose bit is 0 for it.
KINDS = ("year", "target", "place", "occasion", "group", "mark")
COUNTED = """
WITH v AS MATERIALIZED (
    SELECT v.*, lower(btrim(v.place_text)) AS place, lower(btrim(v.group_named)) AS "group",
        CASE WHEN v.precision = ANY(%s) OR (v.precision = %s
            AND extract(year FROM v.on_date) = extract(year FROM v.until_date))
        THEN extract(year FROM v.on_date)::int END AS year
    FROM ({visible}) v
), told AS (
    SELECT c.incident_id AS id, min(least(c.low, c.best, c.high)) AS least,
        max(greatest(c.low, c.best, c.high)) AS most
    FROM incidents_casualtycount c JOIN v ON v.id = c.incident_id
    WHERE c.state = %s AND c."group" = %s GROUP BY c.incident_id
)
SELECT grouping(year, target_type, place, occasion, "group", tlp),
    year, target_type, place, occasion, "group", ARRAY[tlp, classification] || caveats,
    coalesce(max(place_text) FILTER (WHERE place <> ''), ''),
    coalesce(max(group_named) FILTER (WHERE "group" <> ''), ''),
    count(*), min(year), max(year), count(least), sum(least), sum(most)
FROM v LEFT JOIN told USING (id)
GROUP BY GROUPING SETS ((year), (target_type), (place), (occasion), ("group"),
    (tlp, classification, caveats))
HAVING count(*) > 1 OR grouping(year) = 0 OR grouping(tlp) = 0
"""
COLUMNS = (
    *("id", "on_date", "until_date", "precision", "tlp", "classification", "caveats"),
    *("target_type", "place_text", "occasion", "group_named"),
)


@dataclass(frozen=True)
class CameBack:
    """Something that was hit, or done, more than once."""

    # `target`, `place`, `occasion` or `group`.
    kind: str
    key: str
    shown: str
    times: int
    # Years in which it is known to have been; None where no year is known.
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Killed:
    """Victims killed in the incidents of one year, as the lowest and the highest counts say."""

    incidents: int
    least: int
    most: int


@dataclass
class DistrictRecord:
    """What the reader may know of one district."""

    total: int = 0
    years: dict[int, int] = field(default_factory=dict)
    killed: dict[int | None, Killed] = field(default_factory=dict)
    came_back: list[CameBack] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def undated(self) -> int:
        """Known to no one year."""
        return self.total - sum(self.years.values())

    @property
    def all_killed(self) -> Killed:
        """Of all years together."""
        every = self.killed.values()
        return Killed(
            sum(each.incidents for each in every),
            sum(each.least for each in every),
            sum(each.most for each in every),
        )

    @property
    def uncounted(self) -> int:
        """Incidents of which nobody has said how many victims were killed in all."""
        return self.total - self.all_killed.incidents


def district_record(user: User, district: Area) -> DistrictRecord:
    """Of what `user` may read. One query."""
    visible, params = _visible(user, district)
    asked = [list(IN_A_YEAR), Precision.RANGE, *params]
    asked += [CasualtyState.KILLED, CasualtyGroup.VICTIMS]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(visible=visible), asked)
        groups = list(cursor.fetchall())
    found = DistrictRecord()
    nothing = {
        ("target", TargetType.UNKNOWN.value),
        *(("place", name) for name in _names(district)),
    }
    again: dict[str, list[CameBack]] = {}
    for grouped, *keys, place, group, n, first, last, told, least, most in groups:
        kind, key = _kind(grouped, keys)
        if kind == "mark":
            tlp, classification, *caveats = key
            found.marks.append((tlp, classification, caveats))
            found.total += n
        elif kind == "year":
            if key is not None:
                found.years[key] = n
            if told:
                found.killed[key] = Killed(told, least, most)
        elif key and (kind, key) not in nothing:
            shown = {"place": place, "group": group}.get(kind, "")
            again.setdefault(kind, []).append(CameBack(kind, key, shown, n, first, last))
    for kind in KINDS:
        most_first = sorted(again.get(kind, ()), key=lambda each: (-each.times, each.key))
        found.came_back += most_first[:MOST]
    return found


def _kind(grouped: int, keys: list[Any]) -> tuple[str, Any]:
    at = next(at for at in range(len(KINDS)) if not grouped >> (len(KINDS) - 1 - at) & 1)
    return KINDS[at], keys[at]


def _names(district: Area) -> set[str]:
    """The words that name no place in it, only itself."""
    name = district.name.lower()
    return {name, f"{name} district", district.name_ur}


def _visible(user: User, district: Area) -> tuple[str, tuple[Any, ...]]:
    rows = Incident.objects.visible_to(user).standing().filter(district=district)
    sql, params = rows.order_by().values(*COLUMNS).query.sql_with_params()
    return sql, params
