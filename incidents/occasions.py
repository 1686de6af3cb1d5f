"""Which occasions a day may be: suggested to whoever records, never set by itself.

Days of the Hijri calendar are asked of the calculated day and of the two before it, since the moon
is seen in Pakistan up to two days later (`core.hijri`).
"""

from collections.abc import Iterator
from datetime import date

from core import hijri
from core.hijri import HijriDay
from incidents.choices import Occasion

FRIDAY = 4
# Month and day.
FIXED = {
    (3, 23): Occasion.PAKISTAN_DAY,
    (8, 14): Occasion.INDEPENDENCE_DAY,
    (9, 6): Occasion.DEFENCE_DAY,
    (12, 16): Occasion.APS,
    (12, 25): Occasion.EASTER,
}
# Hijri month and days.
HIJRI = {
    Occasion.ASHURA: (1, range(9, 11)),
    Occasion.CHEHLUM: (2, range(20, 21)),
    Occasion.MILAD: (3, range(12, 13)),
    Occasion.YOUM_ALI: (9, range(21, 22)),
    Occasion.EID_FITR: (10, range(1, 4)),
    Occasion.EID_AZHA: (12, range(10, 13)),
    Occasion.RAMZAN: (9, range(1, 31)),
}


def suggested(day: date) -> list[Occasion]:
    """What the day may be, the rarest first."""
    fixed = FIXED.get((day.month, day.day))
    found = [*([fixed] if fixed else []), *_by_the_moon(list(hijri.possible(day)))]
    return [*found, Occasion.FRIDAY] if day.weekday() == FRIDAY else found


def _by_the_moon(days: list[HijriDay]) -> Iterator[Occasion]:
    for occasion, (month, kept) in HIJRI.items():
        if any(each.month == month and each.day in kept for each in days):
            yield occasion
