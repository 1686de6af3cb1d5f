"""Incidents that are related to one: what people said, and what may be, with the reason for each.

What may be is looked for where an index leads, nearest in time first, and never further than
`MOST_COMPARED` records each way: it takes the same time on a register of a million.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from agencies.models import User
from core.text import isolated
from incidents import policies
from incidents.choices import ON_A_DAY, RelationKind, RelationWord, TargetType
from incidents.models import Incident, IncidentQuerySet, Relation

MOST = 5
MOST_COMPARED = 60
MOST_SAID = 100
# How far apart two incidents may be to be suggested for that reason.
AT_THE_PLACE = timedelta(days=3653)
BY_THE_GROUP = timedelta(days=366)
BY_THE_TARGET = timedelta(days=1096)
# Less than this says nothing: two attacks in one tehsil, say.
ENOUGH = 3
OF_EVERY_KIND = {TargetType.CITIZENS, TargetType.OTHER}
WORD = re.compile(r"\w{4,}")
# Words that half of all places are told with; the name of the district is another.
GENERAL = frozenset(
    {"area", "city", "district", "main", "near", "outside", "road", "tehsil", "town", "village"}
)


class Told(NamedTuple):
    """What is compared of an incident."""

    pk: int
    on_date: date
    precision: str
    province: int | None
    district: int | None
    tehsil: int | None
    place_text: str
    police_station: str
    attack_type: str
    target_type: str
    target_text: str
    group_named: str


COLUMNS = tuple(
    f"{name}_id" if name in {"province", "district", "tehsil"} else name for name in Told._fields
)


class Reason(NamedTuple):
    """Why two incidents may be related, in words; how much it says; of which kind."""

    words: str
    weight: int
    kind: RelationKind


@dataclass(frozen=True)
class Suggestion:
    """An incident that may be related, and every reason for it."""

    incident: Incident
    reasons: list[str]
    kind: RelationKind


@dataclass(frozen=True)
class Said:
    """The word of an agency: how another incident is related, or that it is not."""

    relation: Relation
    other: Incident
    may_take_back: bool


@dataclass(frozen=True)
class Related:
    """All that the page of an incident shows of others."""

    confirmed: list[Said]
    # What one's own agency refused, and what it took back.
    set_aside: list[Said]
    suggested: list[Suggestion]

    @property
    def named(self) -> list[Incident]:
        """Every incident that is named there."""
        said = [each.other for each in (*self.confirmed, *self.set_aside)]
        return [*said, *(each.incident for each in self.suggested)]


def related(user: User, incident: Incident) -> Related:
    """What was said, and what may be, of others that the person may see and that stand."""
    rows = _said(user, incident)
    found = _likeliest(user, incident, without=_answered(user, incident, rows))
    named = {row.other_id(incident) for row in rows} | found.keys()
    others = Incident.objects.visible_to(user).standing().in_bulk(named) if named else {}
    said = [
        Said(row, others[pk], policies.can_take_back_relation(user, row))
        for row in rows
        if (pk := row.other_id(incident)) in others
    ]
    return Related(
        confirmed=[
            each
            for each in said
            if each.relation.word == RelationWord.CONFIRMED and not each.relation.taken_back_at
        ],
        set_aside=[
            each
            for each in said
            if each.relation.agency_id == user.agency_id
            and (each.relation.taken_back_at or each.relation.word == RelationWord.REFUSED)
        ],
        suggested=[_suggestion(others[pk], found[pk]) for pk in found if pk in others],
    )


def _said(user: User, incident: Incident) -> list[Relation]:
    rows = Relation.objects.visible_to(user).of(incident)
    rows = rows.select_related("agency", "said_by", "taken_back_by")
    return list(rows.order_by("-said_at", "-id")[:MOST_SAID])


def _answered(user: User, incident: Incident, rows: list[Relation]) -> set[int]:
    """Others that are suggested no more: related by anybody's word, or not by one's agency's."""
    return {
        row.other_id(incident)
        for row in rows
        if row.taken_back_at is None
        and (row.word == RelationWord.CONFIRMED or row.agency_id == user.agency_id)
    }


def _likeliest(user: User, incident: Incident, without: set[int]) -> dict[int, list[Reason]]:
    """The numbers of those that may be related, the likeliest first, with every reason."""
    if incident.on_date is None or incident.withdrawn_at is not None:
        return {}
    this = Told(*(getattr(incident, name) for name in COLUMNS))
    general = GENERAL | _words_in(incident.district.name if incident.district else "")
    found = {}
    for row in _candidates(user, this):
        reasons = reasons_for(this, row, general)
        weight = sum(each.weight for each in reasons)
        if weight >= ENOUGH and row.pk not in without:
            found[row.pk] = (-weight, abs(row.on_date - this.on_date), -row.pk), reasons
    best = sorted(found, key=lambda pk: found[pk][0])[:MOST]
    return {pk: found[pk][1] for pk in best}


def _suggestion(incident: Incident, reasons: list[Reason]) -> Suggestion:
    strongest = max(reasons, key=lambda each: each.weight)
    return Suggestion(incident, [each.words for each in reasons], strongest.kind)


def _candidates(user: User, this: Told) -> list[Told]:
    """Records of the same day, district, place or group. One query."""
    others = Incident.objects.visible_to(user).standing().exclude(pk=this.pk)
    others = others.exclude(on_date=None)
    narrowed = [others.filter(sort_date=this.on_date).order_by("-id")[:MOST_COMPARED]]
    if this.group_named:
        rows = others.filter(group_named=this.group_named)
        narrowed += _nearest(rows, this.on_date, BY_THE_GROUP)
    if this.district:
        here = others.filter(district=this.district)
        narrowed += _nearest(here, this.on_date, AT_THE_PLACE)
        if this.place_text:
            rows = here.filter(place_text=this.place_text)
            narrowed += _nearest(rows, this.on_date, AT_THE_PLACE)
    first, *rest = (rows.values_list(*COLUMNS) for rows in narrowed)
    return [Told(*row) for row in first.union(*rest, all=True)]


def _nearest(rows: IncidentQuerySet, day: date, within: timedelta) -> list[IncidentQuerySet]:
    before = rows.filter(sort_date__range=(day - within, day))
    after = rows.filter(sort_date__gt=day, sort_date__lte=day + within)
    return [
        before.order_by("-sort_date")[:MOST_COMPARED],
        after.order_by("sort_date")[:MOST_COMPARED],
    ]


def reasons_for(this: Told, other: Told, general: Set[str] = GENERAL) -> list[Reason]:
    """Every reason to think that they are related, the weightiest first.

    `general` are words that say nothing of a place.
    """
    found = [*_of_series(this, other), *_of_group(this, other)]
    if this.district and this.district == other.district:
        found += _of_place(this, other, general)
    return sorted(found, key=lambda each: -each.weight)


def _of_series(this: Told, other: Told) -> list[Reason]:
    days = {this.precision, other.precision}
    if this.on_date != other.on_date or not days.issubset(ON_A_DAY):
        return []
    here = this.province is not None and this.province == other.province
    if here and this.attack_type == other.attack_type:
        words = _("Same day, same province, same kind of attack")
        return [Reason(words, 5, RelationKind.SERIES)]
    if _same(this.group_named, other.group_named):
        return [Reason(_("Same day"), 3, RelationKind.SERIES)]
    return []


def _of_group(this: Told, other: Told) -> list[Reason]:
    if not _same(this.group_named, other.group_named):
        return []
    words = _("Same group named: %(group)s") % {"group": isolated(this.group_named.strip())}
    return [Reason(words, 4 if this.province == other.province else 3, RelationKind.GROUP)]


def _of_place(this: Told, other: Told, general: Set[str]) -> list[Reason]:
    said: list[tuple[str, int]] = []
    if _same(this.place_text, other.place_text):
        said.append((_("Same place: %(place)s") % {"place": isolated(this.place_text.strip())}, 4))
    elif words := (_words(this) & _words(other)) - general:
        listed = isolated(", ".join(sorted(words)))
        told = _("Words of the place in both: %(words)s") % {"words": listed}
        said.append((told, min(len(words), 2)))
    if _same(this.police_station, other.police_station):
        station = isolated(this.police_station.strip())
        said.append((_("Same police station: %(station)s") % {"station": station}, 2))
    if this.tehsil and this.tehsil == other.tehsil:
        said.append((_("Same tehsil"), 1))
    if this.target_type == other.target_type != TargetType.UNKNOWN:
        target = TargetType(this.target_type).label
        told = _("Same kind of target in this district: %(target)s") % {"target": target}
        said.append((told, _weight_of_target(this, other)))
    return [Reason(words, weight, RelationKind.PLACE) for words, weight in said]


def _weight_of_target(this: Told, other: Told) -> int:
    if this.target_type in OF_EVERY_KIND:
        return 1
    return 3 if abs(this.on_date - other.on_date) <= BY_THE_TARGET else 2


def _same(one: str, other: str) -> bool:
    told = one.strip().casefold()
    return bool(told) and told == other.strip().casefold()


def _words(told: Told) -> set[str]:
    return _words_in(f"{told.place_text} {told.target_text}")


def _words_in(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))
