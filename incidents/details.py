"""What a person says about an incident: the shapes that forms, examples and actions share."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, time
from typing import Any

from agencies.choices import TLP, Caveat, Classification
from agencies.models import Widening
from incidents.choices import (
    AttackType,
    CasualtyGroup,
    Delivery,
    PlacePrecision,
    Precision,
    TargetType,
    YesNoUnknown,
)
from incidents.models import Incident
from places.choices import Level
from places.models import Area


@dataclass(frozen=True, kw_only=True)
class When:
    """A day and a clock time as far as they are known."""

    on_date: date | None = None
    until_date: date | None = None
    at_time: time | None = None
    until_time: time | None = None
    precision: str = Precision.DAY

    def columns(self) -> dict[str, Any]:
        """As the columns of a Moment; a month is kept as its first day."""
        columns = dict(vars(self))
        if self.precision == Precision.MONTH and self.on_date:
            columns["on_date"] = self.on_date.replace(day=1)
        return columns


@dataclass(frozen=True, kw_only=True)
class SourceDetails:
    """A page, paper or person, and how far it can be trusted (Admiralty grade, may be blank)."""

    title: str
    url: str = ""
    published: str = ""
    reliability: str = ""
    credibility: str = ""


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account of a fact, in the words it was given."""

    said: str
    source: SourceDetails | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many people in one state. "50+" is low=50 and nothing else."""

    state: str
    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def is_given(self) -> bool:
        """Whether any number was said."""
        return any(number is not None for number in (self.low, self.best, self.high))


@dataclass(frozen=True, kw_only=True)
class CountReport:
    """What one report said about one group of people, killed and injured together."""

    figures: tuple[Figure, ...]
    said_by: str
    group: str = CasualtyGroup.VICTIMS
    as_of: date | None = None
    as_of_text: str = ""
    note: str = ""
    source: SourceDetails | None = None

    @property
    def given(self) -> tuple[Figure, ...]:
        """The figures that say a number."""
        return tuple(figure for figure in self.figures if figure.is_given)


@dataclass(frozen=True, kw_only=True)
class EvidenceDetails:
    """What a person says of a file that they hand in."""

    title: str
    kind: str
    tlp: str
    classification: str
    # Who had it before; blank where that is not known.
    from_whom: str = ""
    caption: str = ""
    taken_date: date | None = None
    taken_time: time | None = None
    source_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """As the columns of Evidence; who had it before belongs to its custody."""
        columns = asdict(self)
        del columns["from_whom"]
        return columns | {"title": self.title.strip(), "caption": self.caption.strip()}


@dataclass(frozen=True, kw_only=True)
class IncidentDetails:
    """All that a person can say of the incident itself."""

    title: str
    when: When
    # None where no more than the country is known.
    province: Area | None
    # None where no more than the province is known, or an area between the two.
    district: Area | None = None
    area: Area | None = None
    tehsil: Area | None = None
    attack_type: str = AttackType.UNKNOWN
    suicide: str = YesNoUnknown.UNKNOWN
    delivery: str = Delivery.UNKNOWN
    target_type: str = TargetType.UNKNOWN
    target_text: str = ""
    title_ur: str = ""
    summary: str = ""
    when_note: str = ""
    place_text: str = ""
    police_station: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place_precision: str = PlacePrecision.DISTRICT
    # The post, the office or the kind of caller that told of it first.
    reporter: str = ""
    occasion: str = ""
    agencies_on_scene: str = ""
    hazards: str = ""
    was_foiled: bool = False
    official_review_known: bool = False
    tlp: str = TLP.AMBER
    classification: str = Classification.RESTRICTED
    caveats: tuple[str, ...] = ()
    # Only the example loader says so; no form carries it.
    is_example: bool = False

    def columns(self) -> dict[str, Any]:
        """As the columns of an Incident."""
        apart = {"when", "province", "caveats"}
        plain = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in apart
        }
        area = self.district or self.area or self.province
        return plain | {"area": area} | self.when.columns() | {"caveats": list(self.caveats)}

    def keeping_area_of(self, incident: Incident) -> "IncidentDetails":
        """These, with the division that the record has and no form asks for."""
        area = incident.area
        stays = area and area.level == Level.DIVISION and area.province == self.province
        return replace(self, area=area) if stays and not self.district else self

    def changes(self, incident: Incident) -> list[str]:
        """The columns in which `incident` differs from this."""
        said = self.columns()
        return sorted(name for name, value in said.items() if getattr(incident, name) != value)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How an incident would be marked, whom it would be open to besides, and why."""

    tlp: str
    classification: str
    caveats: tuple[str, ...] = ()
    reader_id: int | None = None
    reason: str = ""

    @classmethod
    def of(cls, asked: Widening) -> "Wish":
        """What a request asks."""
        return cls(
            tlp=asked.tlp,
            classification=asked.classification,
            caveats=tuple(asked.caveats),
            reader_id=asked.reader_id,
            reason=asked.reason,
        )

    @property
    def caveat_labels(self) -> list[str]:
        """The caveats in words."""
        return [str(Caveat(each).label) for each in self.caveats]

    def columns(self) -> dict[str, Any]:
        """As the columns of a request."""
        return {
            "tlp": self.tlp,
            "classification": self.classification,
            "caveats": list(self.caveats),
            "reader_id": self.reader_id,
            "reason": self.reason.strip(),
        }
