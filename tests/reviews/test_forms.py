from datetime import time

import pytest
from django.core.exceptions import ValidationError

from incidents.choices import Precision
from reviews import forms
from reviews.forms.fields import ClockField, ClockTime, GradeField
from tests.incidents.factories import DAY


class TestClockField:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("1713", ClockTime(time(17, 13))),
            ("17:13", ClockTime(time(17, 13))),
            (" 913 ", ClockTime(time(9, 13))),
            ("c1713", ClockTime(time(17, 13), is_about=True)),
            ("~17.13", ClockTime(time(17, 13), is_about=True)),
            ("1710-1720", ClockTime(time(17, 10), time(17, 20))),
            ("۱۷:۱۳", ClockTime(time(17, 13))),
            ("", None),
        ],
    )
    def test_reads_a_time_as_a_log_writes_it(self, typed, meant):
        assert ClockField().clean(typed) == meant

    @pytest.mark.parametrize("typed", ["2599", "soon", "17", "1720-1710", "17:13:99", "-1713"])
    def test_refuses_what_is_no_time(self, typed):
        with pytest.raises(ValidationError):
            ClockField().clean(typed)

    def test_is_typed_again_as_it_was_meant(self):
        for typed in ("17:13", "c17:13", "17:10-17:20"):
            assert str(ClockField().clean(typed)) == typed


class TestGradeField:
    def test_takes_a_grade_in_any_case(self):
        assert GradeField().clean("b2") == "B2"

    @pytest.mark.parametrize("typed", ["G1", "A7", "A", "22"])
    def test_refuses_what_is_no_grade(self, typed):
        with pytest.raises(ValidationError):
            GradeField().clean(typed)


class TestEntryForm:
    def form(self, review, **typed):
        said = {"on_date": DAY.isoformat(), "text": "Patrol leaves", "kind": "ACTION"}
        data = {
            f"row-{name}": value for name, value in (said | {"phase": "DURING"} | typed).items()
        }
        return forms.EntryForm(data, review=review)

    @pytest.mark.parametrize(
        ("typed", "precision", "at_time", "until"),
        [
            ({"clock": "1713"}, Precision.MINUTE, time(17, 13), None),
            ({"clock": "c1713"}, Precision.ABOUT, time(17, 13), None),
            ({"clock": "1713", "precision": "ABOUT"}, Precision.ABOUT, time(17, 13), None),
            ({"clock": "1710-1720"}, Precision.ABOUT, time(17, 10), time(17, 20)),
            ({"clock": ""}, Precision.DAY, None, None),
            ({"precision": "MONTH"}, Precision.MONTH, None, None),
        ],
    )
    def test_knows_how_sure_the_time_is(self, draft, typed, precision, at_time, until):
        form = self.form(draft, **typed)

        assert form.is_valid(), form.errors
        values = form.values()
        assert (values["precision"], values["at_time"], values["until_time"]) == (
            precision,
            at_time,
            until,
        )

    def test_holds_no_day_where_nothing_is_known(self, draft):
        form = self.form(draft, precision="UNKNOWN")

        assert form.is_valid()
        assert form.values()["on_date"] is None

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"clock": "", "precision": "MINUTE"}, "clock"),
            ({"clock": "1713", "precision": "DAY"}, "precision"),
            ({"clock": "1713", "on_date": ""}, "on_date"),
            ({"on_date": "2999-01-01"}, "on_date"),
            ({"text": ""}, "text"),
            ({"grade": "Z9"}, "grade"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong(self, draft, typed, field):
        form = self.form(draft, **typed)

        assert not form.is_valid()
        assert list(form.errors) == [field]

    def test_is_blank_while_only_the_kept_words_stand(self, draft):
        form = self.form(draft, text="", acting="District police", source="wireless log")

        assert form.is_blank
