"""What the address of the register says it is narrowed to; nonsense narrows nothing."""

from datetime import date

from django.http import QueryDict

from agencies.choices import TLP
from incidents.choices import AttackType, Occasion, TargetType, YesNoUnknown
from incidents.selectors.filters import Filters

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
    )


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
