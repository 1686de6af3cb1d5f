"""The columns of the register, of which each reader chooses those to be shown."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Column(models.TextChoices):
    """What a row says of an incident beside its title, in the order of the page."""

    DATE = "date", _("Date")
    WEEKDAY = "weekday", _("Weekday")
    TIME = "time", _("Time")
    REFERENCE = "reference", _("Reference")
    AREA = "area", _("District")
    PROVINCE = "province", _("Province")
    PLACE = "place", _("Place")
    KIND = "kind", _("Kind of attack")
    SUICIDE = "suicide", _("Suicide attack")
    TARGET = "target", _("Aimed at")
    NAMED = "named", _("Target, in words")
    GROUP = "group", _("Group named")
    OCCASION = "occasion", _("Occasion")
    KILLED = "killed", _("Killed")
    INJURED = "injured", _("Injured")
    SOURCES = "sources", _("Sources")
    AGENCY = "agency", _("Recorded by")
    TLP = "tlp", _("TLP")


# These stand before the title, all others after it.
LEADING = (Column.DATE, Column.WEEKDAY, Column.TIME)
# People, as they were counted.
COUNTED = (Column.KILLED, Column.INJURED)
DEFAULT = (Column.DATE, Column.AREA, Column.KIND, Column.KILLED, Column.TLP)


def chosen_columns(keys: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names in the order of the page; those of everybody where none is."""
    asked = set(keys)
    return tuple(column for column in Column if column in asked) or DEFAULT
