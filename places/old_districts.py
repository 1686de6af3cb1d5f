"""Districts of 2018 and what they are today: the same P-code meant another district then."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.datafile import read_csv

SHIPPED = Path(__file__).parent / "data" / "districts_2018.csv"


@dataclass(frozen=True)
class OldDistrict:
    """A district as OCHA coded it in 2018, and the codes of all that lies in it today."""

    code: str
    name: str
    now: tuple[str, ...]


@cache
def old_districts() -> tuple[OldDistrict, ...]:
    """All of them; with several codes of today where it was parted since."""
    rows = read_csv(SHIPPED)
    return tuple(
        OldDistrict(row["code"], row["name"], tuple(row["now"].split("|"))) for row in rows
    )


@cache
def old_provinces() -> dict[str, str]:
    """Code of a province in 2018 → its code today."""
    return {row["province_code"]: row["province_now"] for row in read_csv(SHIPPED)}
