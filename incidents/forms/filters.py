"""What the address of the register says it is narrowed to and shows; nonsense says nothing."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from agencies.choices import TLP, Classification
from core.narrowings import narrowings
from incidents.choices import AttackType, Occasion, TargetType, YesNoUnknown
from incidents.columns import DEFAULT, Column, chosen_columns
from incidents.models import Incident
from incidents.selectors.filters import Filters

# The name of each filter in the address.
NAMES = {
    "q": "words",
    "province": "province",
    "district": "district",
    "kind": "attack_type",
    "year": "year",
    "since": "since",
    "until": "until",
    "target": "target_type",
    "occasion": "occasion",
    "suicide": "suicide",
    "group": "group",
    "killed": "killed",
    "tlp": "tlp",
    "classification": "classification",
}
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = 100


def read_filters(query: QueryDict) -> Filters:
    """The filters in the query string."""
    year = _number(query.get("year", ""))
    return Filters(
        words=query.get("q", "").replace("\x00", "").strip()[:LONGEST],
        province=_number(query.get("province", "")),
        district=_number(query.get("district", "")),
        attack_type=_one_of(query.get("kind", ""), AttackType.values),
        year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None,
        since=read_day(query.get("since", "")),
        until=read_day(query.get("until", "")),
        target_type=_one_of(query.get("target", ""), TargetType.values),
        occasion=_one_of(query.get("occasion", ""), Occasion.values),
        suicide=_one_of(query.get("suicide", ""), YesNoUnknown.values),
        group=query.get("group", "").replace("\x00", "").strip()[:LONGEST],
        killed=_number(query.get("killed", "")),
        tlp=_one_of(query.get("tlp", ""), TLP.values),
        classification=_one_of(query.get("classification", ""), Classification.values),
        further=tuple(_further(query)),
    )


def read_columns(query: QueryDict) -> tuple[Column, ...]:
    """The columns in the query string, one after the other or in a row with commas between."""
    return chosen_columns(key for each in query.getlist("cols") for key in each.split(","))


def written(filters: Filters, columns: tuple[Column, ...]) -> str:
    """The shortest query string that is read as these filters and columns."""
    said = {name: getattr(filters, field) for name, field in NAMES.items()} | dict(filters.further)
    if columns != DEFAULT:
        said["cols"] = ",".join(columns)
    return urlencode(
        {name: each for name, each in said.items() if each not in ("", None)}, safe=","
    )


def _further(query: QueryDict) -> Iterator[tuple[str, str]]:
    for name, narrowing in narrowings(Incident).items():
        code = query.get(name, "")
        if narrowing.offers(code):
            yield name, code


def _one_of(typed: str, known: list[str]) -> str:
    return typed if typed in known else ""


def read_day(typed: str) -> date | None:
    """A day as addresses write it; None for anything else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 12 else None
