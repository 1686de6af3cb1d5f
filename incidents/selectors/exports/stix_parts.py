"""Batches of the register with what hangs from each incident: its counts, its last change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Max

from audit.choices import ROW_VERBS
from audit.models import Event
from incidents.choices import NOT_VICTIMS, CasualtyGroup
from incidents.models import AdoptedFigure, CasualtyCount, Incident
from incidents.selectors.exports.stix_published import Made

AT_ONCE = 1_000
MORE = (
    *("id", "recorded_at", "was_foiled", "is_example", "origin", "agency_id"),
    *("agency__name", "agency__name_ur", "area__scheme", "area__version", "area__name_ur"),
)


@dataclass
class Told:
    """One incident: its row of the register, the further columns, and what hangs from it."""

    row: dict[str, Any]
    more: dict[str, Any]
    changed_at: datetime
    counts: dict[str, list[Made]] = field(default_factory=dict)

    @property
    def did_harm(self) -> bool:
        """Whether any count says that somebody other than an attacker came to harm."""
        victims = self.counts.get("casualties", [])
        return any(each.get(figure) for each in victims for figure in ("low", "best", "high"))


def whole(
    rows: Iterable[tuple[dict[str, Any], tuple[Any, ...]]],
) -> Iterator[Told]:
    """The rows, each with its parts; four questions for a thousand of them."""
    stream = iter(rows)
    while part := list(islice(stream, AT_ONCE)):
        told = [(row, dict(zip(MORE, more, strict=True))) for row, more in part]
        ids = [more["id"] for _row, more in told]
        counts = _counts(ids)
        changed = last_changes(Incident._meta.label_lower, ids)
        counted = _last_counted(ids)
        for row, more in told:
            pk, begun = more["id"], more["recorded_at"]
            at = max(begun, changed.get(pk, begun), counted.get(pk, begun))
            yield Told(row, more, at, counts[pk])


def last_changes(target_type: str, ids: list[int]) -> dict[int, datetime]:
    """When the row of each of these was last written."""
    events = Event.everything.filter(
        verb__in=ROW_VERBS, target_type=target_type, target_id__in=ids
    ).order_by()
    return dict(events.values_list("target_id").annotate(at=Max("at")))


def _last_counted(ids: list[int]) -> dict[int, datetime]:
    """When the counts or the adopted figure of each incident were last written."""
    parts = (CasualtyCount._meta.label_lower, AdoptedFigure._meta.label_lower)
    events = Event.everything.filter(
        verb__in=ROW_VERBS,
        whole_type=Incident._meta.label_lower,
        whole_id__in=ids,
        target_type__in=parts,
    ).order_by()
    return dict(events.values_list("whole_id").annotate(at=Max("at")))


def _counts(ids: list[int]) -> dict[int, dict[str, list[Made]]]:
    """The series of each incident, victims apart from attackers."""
    standing = AdoptedFigure.objects.standing().filter(incident__in=ids)
    adopted = set(standing.values_list("count_id", flat=True))
    found: dict[int, dict[str, list[Made]]] = defaultdict(lambda: defaultdict(list))
    for count in CasualtyCount.objects.filter(incident__in=ids).in_order():
        series = found[count.incident_id][_whose(count.group)]
        series.append(_count(count) | ({"adopted": True} if count.pk in adopted else {}))
    return found


def _whose(group: str) -> str:
    if group == CasualtyGroup.ATTACKERS:
        return "attackers"
    return "not_told_apart" if group in NOT_VICTIMS else "casualties"


def _count(count: CasualtyCount) -> Made:
    said = {
        "who": count.group,
        "state": count.state,
        "low": count.low,
        "best": count.best,
        "high": count.high,
        "as_of": count.as_of.isoformat() if count.as_of else count.as_of_text,
        "reported_by": count.reported_by,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}
