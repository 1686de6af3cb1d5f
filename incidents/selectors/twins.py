"""Records that may be of one incident: suggested with a reason, decided by a person."""

import re
from dataclasses import dataclass
from datetime import timedelta

from agencies.models import User
from incidents.models import Incident

MOST = 3
AROUND = timedelta(days=1)
WORD = re.compile(r"\w{4,}")
# Of so many candidates the words are compared; on one day in one district there are never more.
MOST_COMPARED = 50


@dataclass(frozen=True)
class Twin:
    """A record of the same days and district, and the words that both titles hold."""

    incident: Incident
    words: list[str]


def twins(user: User, incident: Incident) -> list[Twin]:
    """Others in the same district within a day, those that share most words first. One query."""
    if incident.on_date is None or incident.district_id is None:
        return []
    near = (
        Incident.objects.visible_to(user)
        .standing()
        .filter(
            district_id=incident.district_id,
            on_date__range=(incident.on_date - AROUND, incident.on_date + AROUND),
        )
        .exclude(pk=incident.pk)
        .order_by("-sort_date", "-id")[:MOST_COMPARED]
    )
    said = _words(incident)
    found = [Twin(each, sorted(said & _words(each))) for each in near]
    return sorted(found, key=lambda twin: -len(twin.words))[:MOST]


def _words(incident: Incident) -> set[str]:
    told = f"{incident.title} {incident.place_text} {incident.target_text}".casefold()
    return set(WORD.findall(told))


def also_recorded(user: User, incident: Incident) -> list[Incident]:
    """Records that were withdrawn because this one is of the same incident."""
    same = Incident.objects.visible_to(user).filter(same_as=incident)
    return list(same.order_by("recorded_at", "id"))
