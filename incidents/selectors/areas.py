"""The newest incidents of one area."""

from dataclasses import dataclass

from agencies.models import User
from core.panels import Mark
from incidents.models import Incident
from places.models import Area

MOST = 20
COLUMNS = ("title", "title_ur", "on_date", "until_date", "precision", "attack_type", "area")
MARKING = ("tlp", "classification", "caveats", "is_example")


@dataclass(frozen=True)
class OfArea:
    """Incidents of an area, and whether there are older ones."""

    incidents: list[Incident]
    more: bool

    @property
    def marks(self) -> list[Mark]:
        """The marking of each."""
        return [(each.tlp, each.classification, each.caveats) for each in self.incidents]


def recorded_in(user: User, area: Area) -> OfArea:
    """Incidents recorded in `area` that `user` may read, newest first. One query."""
    names = ("area__name", "area__name_ur")
    incidents = list(
        Incident.objects.visible_to(user)
        .standing()
        .recorded_in(area)
        .select_related("area")
        .only(*COLUMNS, *MARKING, *names)
        .order_by("-sort_date", "-id")[: MOST + 1]
    )
    return OfArea(incidents[:MOST], more=len(incidents) > MOST)
