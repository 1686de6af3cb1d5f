"""What the address of the register says it is narrowed to; nonsense narrows nothing."""

from django.http import QueryDict

from incidents.choices import AttackType
from incidents.selectors.register import Filters

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = 100


def read_filters(query: QueryDict) -> Filters:
    """The filters in the query string."""
    year = _number(query.get("year", ""))
    kind = query.get("kind", "")
    return Filters(
        words=query.get("q", "").replace("\x00", "").strip()[:LONGEST],
        province=_number(query.get("province", "")),
        district=_number(query.get("district", "")),
        attack_type=kind if kind in AttackType.values else "",
        year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None,
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 12 else None
