"""What the register, its maps and its files are narrowed to."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.models import User
from core.narrowings import narrowings
from incidents.choices import CasualtyGroup, CasualtyState
from incidents.models import CasualtyCount, Incident, IncidentQuerySet

Rows = TypeVar("Rows", bound="models.QuerySet[Incident, Any]")


@dataclass(frozen=True)
class Filters:
    """What is asked for; None and '' narrow nothing."""

    words: str = ""
    province: int | None = None
    district: int | None = None
    attack_type: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None
    target_type: str = ""
    occasion: str = ""
    suicide: str = ""
    group: str = ""
    # At least so many victims killed, by any count.
    killed: int | None = None
    tlp: str = ""
    classification: str = ""
    # Choices of the narrowings that upper rooms registered: name and code.
    further: tuple[tuple[str, str], ...] = ()

    # The column that each of these equals.
    EQUAL: ClassVar = ("attack_type", "target_type", "occasion", "suicide", "tlp", "classification")

    @property
    def narrows_more(self) -> bool:
        """Whether one of those is given that the page keeps folded."""
        plain = Filters(
            words=self.words,
            province=self.province,
            district=self.district,
            attack_type=self.attack_type,
            year=self.year,
        )
        return plain != self

    def narrow(self, rows: Rows) -> Rows:
        """The rows that match, but for the words and the group: those are the index's to know."""
        equal = {name: value for name in self.EQUAL if (value := getattr(self, name))}
        if self.province is not None:
            equal["province_id"] = self.province
        if self.district is not None:
            equal["district_id"] = self.district
        rows = rows.filter(**equal) if equal else rows
        if self.killed is not None:
            rows = rows.filter(Exists(_killed(self.killed)))
        return self._in_time(rows)

    def _in_time(self, rows: Rows) -> Rows:
        if self.year is not None:
            rows = rows.filter(sort_date__range=(date(self.year, 1, 1), date(self.year, 12, 31)))
        if self.since is not None:
            rows = rows.filter(Q(sort_date__gte=self.since) | Q(until_date__gte=self.since))
        if self.until is not None:
            rows = rows.filter(sort_date__lte=self.until)
        return rows


def readable(user: User, filters: Filters) -> IncidentQuerySet:
    """The incidents that stand, that `user` may read, and that match."""
    rows = filters.narrow(Incident.objects.visible_to(user).standing())
    for name, code in filters.further:
        rows = rows.filter(narrowings(Incident)[name].condition(user, code))
    return rows


def _killed(least: int) -> "models.QuerySet[CasualtyCount]":
    enough = Q(low__gte=least) | Q(best__gte=least) | Q(high__gte=least)
    return CasualtyCount.objects.filter(
        enough,
        incident=OuterRef("pk"),
        state=CasualtyState.KILLED,
        group=CasualtyGroup.VICTIMS,
    )
