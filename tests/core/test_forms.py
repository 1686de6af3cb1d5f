from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string

from core import fields
from core.forms import DayInput, DayPartsField, Form


class Sample(Form):
    title = forms.CharField(max_length=200, help_text="One line.")
    code = forms.CharField(max_length=8)
    note = forms.CharField(widget=forms.Textarea, required=False)
    count = forms.IntegerField(min_value=0, required=False)
    day = DayPartsField(required=False, label="When?")
    due = forms.DateField(widget=DayInput, required=False)
    alert = forms.ChoiceField(widget=forms.RadioSelect, choices=[("Y", "Yes"), ("N", "No")])
    done = forms.BooleanField(required=False)


def typed(**over):
    return {"title": "Gate", "code": "A1", "alert": "Y"} | over


def drawn(form, name):
    return render_to_string("components/field.html", {"field": form[name]})


class TestForm:
    def test_refuses_a_text_without_end_where_no_limit_is_named(self):
        assert Sample(typed(note="x" * 20_000)).is_valid()
        assert Sample(typed(note="x" * 20_001)).errors["note"]

    def test_keeps_what_was_typed_and_ties_the_error_to_its_control(self):
        form = Sample(typed(count="-4"))

        html = drawn(form, "count")

        assert 'value="-4"' in html
        assert 'aria-invalid="true"' in html
        assert 'aria-describedby="id_count_error"' in html
        assert 'id="id_count_error"' in html

    def test_ties_the_hint_to_its_control(self):
        html = drawn(Sample(), "title")

        assert 'aria-describedby="id_title_helptext"' in html
        assert 'id="id_title_helptext"' in html

    def test_makes_boxes_as_wide_as_their_answers(self):
        form = Sample()

        widths = [form.fields[name].widget.attrs.get("class") for name in ("title", "code", "due")]
        assert widths == ["w-l", "w-s", "w-m"]
        assert form.fields["note"].widget.attrs["rows"] == "4"

    def test_sets_words_in_the_direction_of_their_language(self):
        form = Sample()

        assert [form.fields[name].widget.attrs.get("dir") for name in ("title", "note", "due")] == [
            "auto",
            "auto",
            None,
        ]

    def test_leaves_the_saying_to_the_server(self):
        form = Sample({})

        assert " required" not in drawn(form, "title")
        assert form.errors["title"] == ["This needs an answer."]

    def test_shows_markup_that_was_typed_as_text(self):
        html = drawn(Sample(typed(note="<script>x</script>{{ 7|add:7 }}")), "note")

        assert "<script>" not in html
        assert "{{ 7|add:7 }}" in html


class TestDayPartsField:
    @pytest.mark.parametrize(
        ("parts", "day"), [(("29", "9", "2023"), date(2023, 9, 29)), (("", "", ""), None)]
    )
    def test_reads_a_day_or_nothing(self, parts, day):
        form = Sample(typed(**dict(zip(("day_day", "day_month", "day_year"), parts, strict=True))))

        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"] == day

    @pytest.mark.parametrize(
        ("parts", "sentence"),
        [
            (("31", "11", "2026"), "31/11/2026 is not a day of the calendar."),
            (("x", "11", "2026"), "x/11/2026 is not a day of the calendar."),
            (("29", "", "2023"), "Give the day, the month and the year."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_it(self, parts, sentence):
        form = Sample(typed(**dict(zip(("day_day", "day_month", "day_year"), parts, strict=True))))

        assert form.errors["day"] == [sentence]
        assert f'value="{parts[0]}"' in drawn(form, "day")

    def test_of_a_required_day_asks_for_an_answer(self):
        class Required(Form):
            day = DayPartsField()

        assert Required({}).errors["day"] == ["This needs an answer."]

    def test_draws_each_part_with_its_label_and_escapes_what_was_typed(self):
        form = Sample(typed(day_day='"><b>', day_month="", day_year=""))

        html = drawn(form, "day")

        assert '<label for="id_day_1">Month</label>' in html
        assert "<b>" not in html


class TestFields:
    @pytest.mark.parametrize(
        ("name", "kind", "anchor"),
        [
            ("title", "text", "id_title"),
            ("day", "parts", "id_day_0"),
            ("alert", "group", "id_alert_0"),
            ("done", "checkbox", "id_done"),
        ],
    )
    def test_know_how_they_are_drawn_and_where_a_summary_leads(self, name, kind, anchor):
        field = Sample()[name]

        assert fields.kind(field) == kind
        assert fields.anchor(field) == anchor
        assert f'id="{anchor}"' in drawn(Sample(), name)


class TestErrorSummary:
    def test_links_each_sentence_to_its_field(self):
        html = render_to_string("components/error_summary.html", {"form": Sample({"day_day": "4"})})

        assert '<a href="#id_title">Title: This needs an answer.</a>' in html
        assert '<a href="#id_day_0">When? Give the day, the month and the year.</a>' in html
        assert "4 things to put right" in html
