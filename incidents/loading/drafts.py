"""What one row of a file says of one incident, and what is wrong with a row that says nothing."""

from dataclasses import dataclass, field
from typing import Any

from incidents.choices import AttackType, PlacePrecision, TargetType, YesNoUnknown
from incidents.details import SourceDetails, When
from places.gazetteer import Place


class RowRefused(Exception):
    """The row cannot be taken. The sentence says what to do; the column and its value, where."""

    def __init__(self, column: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column
        self.value = value
        self.sentence = sentence


class PlaceAsked(RowRefused):
    """The name of the district may mean several areas; whoever loads the file is asked which."""


@dataclass(frozen=True)
class Count:
    """How many of one group, as published: low may stand above high."""

    group: str
    state: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An incident as a row tells it. `key` is the row's own number in its data set."""

    key: str
    title: str
    when: When
    area: Place | None = None
    place_precision: str = PlacePrecision.DISTRICT
    place_text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    attack_type: str = AttackType.UNKNOWN
    suicide: str = YesNoUnknown.UNKNOWN
    target_type: str = TargetType.UNKNOWN
    target_text: str = ""
    group_named: str = ""
    was_foiled: bool = False
    summary: str = ""
    counts: tuple[Count, ...] = ()
    source: SourceDetails | None = None
    # What a reader should know of how the row was taken, by code.
    notes: tuple[str, ...] = field(default=())

    def columns(self) -> dict[str, Any]:
        """As the columns of an Incident, but for what belongs to the file and not the row."""
        apart = {"key", "when", "area", "counts", "source", "notes"}
        plain = {name: value for name, value in vars(self).items() if name not in apart}
        return plain | {"area_id": self.area and self.area.pk} | self.when.columns()
