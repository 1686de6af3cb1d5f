from datetime import date

import pytest

from core import hijri
from core.hijri import HijriDay


def test_knows_a_day_by_calculation():
    assert hijri.calculated(date(2023, 9, 29)) == HijriDay(1445, 3, 14)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2023, 9, 29), (3, 12)),  # 12 Rabi-ul-Awwal 1445 in Pakistan: Mastung, Hangu
        (date(2023, 7, 29), (1, 10)),  # Ashura 1445 in Pakistan
        (date(2024, 4, 10), (10, 1)),  # Eid-ul-Fitr 1445 in Pakistan
    ],
)
def test_may_be_the_day_that_was_kept_in_pakistan(day, there):
    assert there in {(each.month, each.day) for each in hijri.possible(day)}


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 1, 1)])
def test_says_nothing_beyond_its_tables(day):
    assert hijri.calculated(day) is None
    assert list(hijri.possible(day)) == []


def test_names_twelve_months_in_both_languages():
    assert {len(names) for names in hijri.MONTHS.values()} == {12}
