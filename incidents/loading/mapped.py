"""Rows of any other table, its columns mapped by hand: which column says what."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import (
    AttackType,
    CasualtyGroup,
    CasualtyState,
    Precision,
    TargetType,
    YesNoUnknown,
)
from incidents.details import SourceDetails, When
from incidents.loading import places, values
from incidents.loading.drafts import Count, Draft, RowRefused
from incidents.loading.rows import Row
from incidents.models.imports import EDITION, TABLE
from places.choices import Edition
from places.gazetteer import Gazetteer

SCHEME = TABLE
CREDIT = ""
# What a column can say, in the order it is asked for.
FIELDS = {
    "title": gettext_lazy("What happened, in one line"),
    "date": gettext_lazy("Date"),
    "until": gettext_lazy("Last day"),
    "time": gettext_lazy("Time"),
    "province": gettext_lazy("Province"),
    "district": gettext_lazy("District"),
    "place": gettext_lazy("Place, in words"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "attack_type": gettext_lazy("Kind of attack"),
    "target_type": gettext_lazy("Aimed at"),
    "target": gettext_lazy("Target, in words"),
    "suicide": gettext_lazy("Suicide attack"),
    "group": gettext_lazy("Group named"),
    "killed": gettext_lazy("Killed, attackers not counted"),
    "injured": gettext_lazy("Injured, attackers not counted"),
    "summary": gettext_lazy("Summary"),
    "source": gettext_lazy("Source"),
    "url": gettext_lazy("Address of the source"),
    "published": gettext_lazy("Published"),
    "key": gettext_lazy("Number of the row in its own list"),
}
NEEDED = ("title", "date")
# Said beside the columns: how days with slashes are written, and of which year P-codes are.
MONTH_FIRST = "month_first"
BESIDE = {MONTH_FIRST: ("yes",), EDITION: tuple(Edition.values)}
# How columns are often called.
CALLED = {
    "title": ("title", "incident", "event", "headline"),
    "date": ("date", "incident date", "event date", "on_date"),
    "until": ("until", "end date", "date_end"),
    "time": ("time",),
    "province": ("province", "adm1", "admin1", "adm1 name", "adm1_pcode", "admin1pcode"),
    "district": ("district", "adm2", "admin2", "adm2 name", "adm2_pcode", "admin2pcode", "pcode"),
    "place": ("place", "location", "site"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "attack_type": ("attack type", "attack_type", "type", "method"),
    "target_type": ("target type", "target_type"),
    "target": ("target",),
    "suicide": ("suicide",),
    "group": ("group", "perpetrator", "claimed by"),
    "killed": ("killed", "dead", "deaths", "fatalities"),
    "injured": ("injured", "wounded"),
    "summary": ("summary", "description", "details", "notes"),
    "source": ("source",),
    "url": ("url", "link"),
    "published": ("published",),
    "key": ("id", "key", "no", "serial"),
}
YES, NO = frozenset({"1", "yes", "y", "true"}), frozenset({"0", "no", "n", "false"})


def suggested(columns: tuple[str, ...]) -> dict[str, str]:
    """Which column is likely to say what, by its name alone."""
    by_name = {each.casefold().replace("_", " "): each for each in columns}
    found = {}
    for name, spellings in CALLED.items():
        fitting = (by_name.get(each.replace("_", " ")) for each in spellings)
        if column := next(filter(None, fitting), None):
            found[name] = column
    return found


def drafting(mapping: Mapping[str, str]) -> Callable[[Row, Gazetteer], Draft]:
    """The reading of a row by this mapping (field → column)."""

    def draft(row: Row, gazetteer: Gazetteer) -> Draft:
        return _Reading(row, mapping).draft(gazetteer)

    return draft


class _Reading:
    """One row, read by a mapping."""

    def __init__(self, row: Row, mapping: Mapping[str, str]) -> None:
        self.row = row
        self.mapping = mapping

    def draft(self, gazetteer: Gazetteer) -> Draft:
        title = self._said("title")
        if not title:
            raise RowRefused(
                self._column("title"), "", _("Say in one line what happened: the cell is blank.")
            )
        area = places.area_of(
            gazetteer,
            province=places.Named(self._column("province"), self._said("province")),
            district=places.Named(self._column("district"), self._said("district")),
        )
        latitude, longitude = values.point(
            self.row, self._column("latitude"), self._column("longitude")
        )
        return Draft(
            key=self._said("key") or self._digest(),
            title=values.short(title, 200),
            when=self._when(),
            area=area,
            place_precision=places.precision("", area),
            place_text=values.short(self._said("place"), 200),
            latitude=latitude,
            longitude=longitude,
            attack_type=self._coded("attack_type", AttackType, AttackType.UNKNOWN),
            suicide=self._suicide(),
            target_type=self._coded("target_type", TargetType, TargetType.UNKNOWN),
            target_text=values.short(self._said("target"), 200),
            group_named=values.short(self._said("group"), 200),
            summary=self._said("summary"),
            counts=self._counts(),
            source=self._source(),
        )

    def _column(self, name: str) -> str:
        return self.mapping.get(name, "")

    def _said(self, name: str) -> str:
        return values.word(self.row, self._column(name))

    def _digest(self) -> str:
        """A row without a number of its own is known by all that it says."""
        told = json.dumps(self.row.cells, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _when(self) -> When:
        first = self._day("date")
        if first is None:
            return When(precision=Precision.UNKNOWN)
        last = self._day("until")
        if last is not None and last != first:
            return values.span(first, last, column=self._column("until"))
        at = self._clock()
        return When(on_date=first, at_time=at, precision=Precision.MINUTE if at else Precision.DAY)

    def _day(self, name: str) -> date | None:
        return values.day(self.row, self._column(name), month_first=MONTH_FIRST in self.mapping)

    def _clock(self) -> time | None:
        text = self._said("time")
        if not text:
            return None
        try:
            return time.fromisoformat(text.zfill(5)).replace(tzinfo=None)
        except ValueError as error:
            raise RowRefused(
                self._column("time"),
                text,
                _("“%(value)s” is no time. Write it like 14:30, or leave the cell blank.")
                % {"value": text[:40]},
            ) from error

    def _coded(
        self, name: str, choices: type[AttackType] | type[TargetType], otherwise: str
    ) -> str:
        text = self._said(name).casefold()
        if not text:
            return otherwise
        for each in choices:
            name_of_it = each.name.casefold().replace("_", " ")
            if text in {each.value, name_of_it, str(each.label).casefold()}:
                return each.value
        raise RowRefused(
            self._column(name),
            text,
            _("“%(value)s” is none of the kinds the register knows. Write its number or its name.")
            % {"value": text[:40]},
        )

    def _suicide(self) -> str:
        text = self._said("suicide").casefold()
        if text in YES:
            return YesNoUnknown.YES
        return YesNoUnknown.NO if text in NO else YesNoUnknown.UNKNOWN

    def _counts(self) -> tuple[Count, ...]:
        told = (("killed", CasualtyState.KILLED), ("injured", CasualtyState.INJURED))
        found = []
        for name, state in told:
            best = values.number(self.row, self._column(name))
            if best is not None:
                found.append(Count(CasualtyGroup.VICTIMS, state, best=best))
        return tuple(found)

    def _source(self) -> SourceDetails | None:
        title, url = self._said("source"), self._said("url")
        if not title and not url:
            return None
        return SourceDetails(
            title=values.short(title or url, 200),
            url=url[:1000] if url.startswith(("http://", "https://")) else "",
            published=self._said("published")[:20],
        )
