"""What the columns of the register need of an incident, and how they say it.

The words of one language are looked up once a page; nothing that is done for each row may query,
translate or localise.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Func
from django.utils.translation import gettext

from agencies.choices import TLP
from core import text
from incidents.choices import (
    ON_A_DAY,
    AttackType,
    CasualtyState,
    Occasion,
    Precision,
    TargetType,
    YesNoUnknown,
)
from incidents.columns import COUNTED, LEADING, Column

Values = dict[str, Any]
Tell = Callable[[Values], str]


# What a range is made of, of which counts, and how it is said.
KILLED_FIGURES = """
        min(least(low, best, high)) FILTER (WHERE "group" = 'victims') AS least,
        max(greatest(low, best, high)) FILTER (WHERE "group" = 'victims') AS most,
        max(low) FILTER (WHERE "group" = 'victims' AND best IS NULL AND high IS NULL) AS floor,
        max(coalesce(low, best)) FILTER (WHERE "group" <> 'victims') AS parts"""
OF_VICTIMS = """"group" NOT IN ('perpetrator', 'not_told', 'everybody')"""
KILLED_VICTIMS = f"state = 'killed' AND {OF_VICTIMS}"
KILLED_IN_WORDS = """coalesce(
        CASE WHEN least < most THEN least || '–' ELSE '' END
        || most || CASE WHEN floor = most THEN '+' ELSE '' END,
        parts || '+', '')"""


class KilledRange(Func):
    """The killed of an incident as reported, in figures: `15–60`, `50+`, blank where none is.

    Counts of all victims make the range. Where only parts of them were counted (police, say), the
    largest part is a floor. Attackers are never in it.
    """

    state = CasualtyState.KILLED
    output_field = models.CharField()
    template = f"""(SELECT {KILLED_IN_WORDS}
    FROM (SELECT {KILLED_FIGURES}
    FROM incidents_casualtycount
    WHERE incident_id = %(expressions)s AND state = '%(state)s' AND {OF_VICTIMS}) series)"""  # noqa: S608 - words of our own

    def __init__(self, incident: Any) -> None:
        super().__init__(incident, state=self.state.value)


class InjuredRange(KilledRange):
    """The injured, likewise."""

    state = CasualtyState.INJURED


class SourceTitles(Func):
    """The first three sources of an incident, each title once, and how many more: `A; B; C +4`."""

    output_field = models.CharField()
    template = """(SELECT coalesce(string_agg(title, '; ' ORDER BY place) FILTER (WHERE place <= 3)
            || CASE WHEN count(*) > 3 THEN ' +' || count(*) - 3 ELSE '' END, '')
        FROM (SELECT title, row_number() OVER (ORDER BY min(id)) AS place
            FROM incidents_source WHERE incident_id = %(expressions)s GROUP BY title) told)"""


# Asked of every row, whatever is shown: its number, title and marking.
ALWAYS = ("sort_date", "id", "title", "title_ur", "tlp", "classification", "caveats")
NEEDS: dict[Column, tuple[str, ...]] = {
    Column.DATE: ("on_date", "until_date", "precision"),
    Column.WEEKDAY: ("on_date", "precision"),
    Column.TIME: ("at_time", "until_time", "precision"),
    Column.REFERENCE: ("reference",),
    Column.AREA: ("area__name", "area__name_ur"),
    Column.PROVINCE: ("province__name", "province__name_ur"),
    Column.PLACE: ("place_text",),
    Column.KIND: ("attack_type",),
    Column.SUICIDE: ("suicide",),
    Column.TARGET: ("target_type",),
    Column.NAMED: ("target_text",),
    Column.GROUP: ("group_named",),
    Column.OCCASION: ("occasion",),
    Column.KILLED: ("killed",),
    Column.INJURED: ("injured",),
    Column.SOURCES: ("source_titles",),
    Column.AGENCY: ("agency__name", "agency__name_ur"),
    Column.TLP: (),
}
# Columns that hold a code, and the words of it.
CODES: dict[Column, type[models.TextChoices]] = {
    Column.KIND: AttackType,
    Column.SUICIDE: YesNoUnknown,
    Column.TARGET: TargetType,
    Column.OCCASION: Occasion,
}
# Worked out for a row that is shown, where its column is.
WORKED_OUT: dict[str, type[Func]] = {
    "killed": KilledRange,
    "injured": InjuredRange,
    "source_titles": SourceTitles,
}


def needed(columns: Iterable[Column]) -> tuple[str, ...]:
    """What must be fetched of each incident to show these columns."""
    return tuple(dict.fromkeys((*ALWAYS, *(name for each in columns for name in NEEDS[each]))))


class Wording:
    """The rows of one page in the words of its language."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.urdu = text.language() == "ur"
        self.months = text.MONTHS[text.language()]
        self.days = text.WEEKDAYS[text.language()]
        self.unknown = gettext("not known")
        self.country = gettext("Pakistan")
        self.about = gettext("about")
        self.tlps = {each.value: str(each.label).removeprefix("TLP:") for each in TLP}
        shown = tuple(columns)
        before = [self._teller(each) for each in shown if each in LEADING]
        after = [self._teller(each) for each in shown if each not in LEADING]
        self.tellers = [lambda row: str(row["id"]), *before, self._in_language("title"), *after]

    def row(self, row: Values) -> tuple[str, ...]:
        """The number of an incident and its cells in their order, the title among them."""
        return tuple([tell(row) for tell in self.tellers])

    def _teller(self, column: Column) -> Tell:
        """What puts this column of a row into words."""
        own = {
            Column.DATE: self.when,
            Column.WEEKDAY: self.weekday,
            Column.TIME: self.clock,
            Column.SOURCES: sources,
            Column.TLP: self.tlp,
        }
        if column in own:
            return own[column]
        name, *more = NEEDS[column]
        if column in CODES:
            return _labels(name, CODES[column])
        if more:
            return self._in_language(name, self.country if column == Column.AREA else "")
        otherwise = self.unknown if column in COUNTED else ""
        return lambda row: row[name] or otherwise

    def _in_language(self, name: str, otherwise: str = "") -> Tell:
        """In Urdu where it has Urdu words."""
        if self.urdu:
            return lambda row: row[f"{name}_ur"] or row[name] or otherwise
        return lambda row: row[name] or otherwise

    def day(self, day: date) -> str:
        """`29 Sep 2023`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def when(self, row: Values) -> str:
        """The day as far as it is known."""
        day = row["on_date"]
        if day is None:
            return self.unknown
        match row["precision"]:
            case Precision.MONTH:
                return f"{self.months[day.month - 1]} {day.year}"
            case Precision.RANGE:
                return f"{self.day(day)} – {self.day(row['until_date'])}"
            case _:
                return self.day(day)

    def weekday(self, row: Values) -> str:
        """Of what is known to the day; else blank."""
        known = row["on_date"] is not None and row["precision"] in ON_A_DAY
        return self.days[row["on_date"].weekday()] if known else ""

    def clock(self, row: Values) -> str:
        """`16:05`, or from when to when; blank where nobody recorded it."""
        if row["at_time"] is None:
            return ""
        told = f"{row['at_time']:%H:%M}"
        if row["until_time"]:
            told = text.isolated(f"{told}–{row['until_time']:%H:%M}")
        return f"{self.about} {told}" if row["precision"] == Precision.ABOUT else told

    def tlp(self, row: Values) -> str:
        """`AMBER+STRICT`."""
        return self.tlps[row["tlp"]]


def sources(row: Values) -> str:
    """Their titles, in the direction of the first of them."""
    return text.isolated(row["source_titles"]) if row["source_titles"] else ""


def _labels(name: str, choices: type[models.TextChoices]) -> Tell:
    """The words of a code; a blank one has none."""
    words = {"": "", **{each.value: str(each.label) for each in choices}}
    return lambda row: words[row[name]]
