from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from core import text

NOON_KARACHI = datetime(2023, 9, 29, 7, 0, tzinfo=UTC)
LATE_UTC = datetime(2023, 9, 29, 21, 30, tzinfo=UTC)


class TestDates:
    def test_are_day_month_year_with_latin_digits_in_both_languages(self):
        day = date(2023, 9, 29)

        with override("en"):
            english = (text.short_date(day), text.short_day(day), text.long_date(day))
        with override("ur"):
            urdu = (text.short_date(day), text.short_day(day), text.long_date(day))

        assert english == ("29 Sep 2023", "29 Sep", "Friday 29 September 2023")
        assert urdu == ("29 ستمبر 2023", "29 ستمبر", "جمعہ، 29 ستمبر 2023")

    def test_of_a_moment_are_those_of_pakistan(self):
        assert text.short_date(LATE_UTC) == "30 Sep 2023"
        assert text.clock(LATE_UTC) == "02:30"

    @pytest.mark.parametrize(
        ("precision", "shown"),
        [
            ("DAY", "29 Sep 2023"),
            ("MONTH", "Sep 2023"),
            ("YEAR", "2023"),
            ("MINUTE", "29 Sep 2023"),
        ],
    )
    def test_are_shown_as_far_as_they_are_known(self, precision, shown):
        assert text.day_digits(date(2023, 9, 29), precision) == shown


class TestClockDigits:
    @pytest.mark.parametrize(
        ("precision", "shown"),
        [
            ("SECOND", "12:00"),
            ("MINUTE", "12:00"),
            ("ABOUT", "12:00"),
            ("TEN_MINUTES", "12:0_"),
            ("HOUR", "12:__"),
            ("DAY", "__:__"),
            ("MONTH", "__:__"),
            ("", "__:__"),
        ],
    )
    def test_leave_a_blank_for_each_digit_nobody_knows(self, precision, shown):
        assert text.clock_digits(NOON_KARACHI, precision) == shown

    def test_of_no_time_are_all_blank(self):
        assert text.clock_digits(None, "MINUTE") == "__:__"

    def test_say_their_precision_in_words(self):
        assert text.precision_words("TEN_MINUTES") == "to ten minutes"
        assert text.precision_words("") == "time not known"


class TestCountRange:
    @pytest.mark.parametrize(
        ("counts", "shown"),
        [
            ((15, 55, 60), "15–60"),
            ((None, 55, None), "55"),
            ((55, 55, 55), "55"),
            ((50, None, None), "50+"),
            ((None, None, 60), "60"),
            ((0, 0, 0), "0"),
            ((None, None, None), "not known"),
        ],
    )
    def test_is_never_more_certain_than_the_record(self, counts, shown):
        assert text.count_range(*counts) == shown


class TestDue:
    TODAY = date(2026, 11, 22)

    @pytest.mark.parametrize(
        ("limit", "shape", "word"),
        [
            (date(2026, 11, 17), "late", "5 days late"),
            (date(2026, 11, 21), "late", "1 day late"),
            (date(2026, 11, 22), "soon", "today"),
            (date(2026, 11, 23), "soon", "tomorrow"),
            (date(2026, 11, 24), "soon", "24 Nov"),
            (date(2026, 11, 25), "none", "25 Nov"),
            (date(2027, 12, 4), "none", "4 Dec 2027"),
        ],
    )
    def test_says_late_in_days_soon_as_the_day_and_open_as_the_date(self, limit, shape, word):
        assert text.due(limit, self.TODAY) == text.Due(shape, word)

    def test_counts_calendar_days_of_pakistan(self):
        assert text.days_between(NOON_KARACHI, LATE_UTC) == 1


class TestGradeWords:
    def test_say_what_source_and_information_are_worth(self):
        assert text.grade_words("B2") == "Source grade B2: usually reliable; probably true"

    def test_say_so_when_half_of_the_grade_is_missing(self):
        assert text.grade_words("B").endswith("usually reliable; not graded")
