from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils.translation import override

from core.templatetags import aar

MOMENT = datetime(2026, 11, 9, 11, 5, tzinfo=UTC)


class Marking:
    def __init__(self, *, tlp="AMBER_STRICT", classification="RESTRICTED", caveats=()):
        self.tlp = tlp
        self.classification = classification
        self.caveats = caveats


def render(source, **context):
    return Template(source).render(Context(context))


class TestWhen:
    def test_draws_each_unknown_digit_as_a_blank_and_says_so(self):
        html = aar.when(MOMENT, "TEN_MINUTES")

        assert '<span class="t" dir="ltr">16:0<i></i></span>' in html
        assert "to ten minutes" in html

    def test_shows_a_time_known_to_the_minute_without_a_word(self):
        assert aar.when(MOMENT, "MINUTE") == '<span class="t" dir="ltr">16:05</span>'

    def test_shows_a_time_that_is_not_known(self):
        assert aar.when(None, "DAY").count("<i></i>") == 4

    def test_shows_a_moment_with_its_day(self):
        assert aar.moment(MOMENT) == "9 Nov 2026, 16:05"


class TestStatus:
    @pytest.mark.parametrize(
        ("shape", "css"), [("progress", "st half"), ("late", "st late"), ("closed", "st shut")]
    )
    def test_has_a_shape_and_a_word(self, shape, css):
        assert aar.st("Draft", shape) == f'<span class="{css}">Draft</span>'

    def test_shows_markup_in_a_word_as_text(self):
        assert "<b>" not in aar.st("<b>", "late")

    @time_machine.travel("2026-11-22 12:00+05:00", tick=False)
    def test_of_a_limit_says_how_late(self):
        assert aar.due(date(2026, 11, 17)) == '<span class="st late">5 days late</span>'

    def test_of_a_limit_ends_when_the_thing_was_done(self):
        shown = aar.due(date(2020, 1, 1), date(2019, 12, 30))

        assert shown == '<span class="st done">30 Dec 2019</span>'

    def test_sets_thousands_apart(self):
        assert [aar.figure(1150), aar.figure(7), aar.figure(None)] == ["1,150", "7", "–"]

    def test_of_no_limit_says_so(self):
        assert "no date set" in aar.due(None)


class TestMarking:
    def test_is_printed_with_its_class_label_and_caveats(self):
        html = render(
            '{% include "components/marking.html" with marking=m only %}',
            m=Marking(caveats=["Sub judice"]),
        )

        assert "RESTRICTED" in html
        assert '<span class="tlp amber" lang="en" dir="ltr">TLP:AMBER+STRICT</span>' in html
        assert "Sub judice" in html

    def test_of_nothing_names_the_deployment_only(self):
        html = render('{% include "components/marking.html" with deployment="AAR" only %}')

        assert "<b>AAR</b>" in html
        assert "TLP" not in html

    def test_in_urdu_keeps_the_english_word_beside_it(self):
        with override("ur"):
            shown = aar.classification("RESTRICTED")

        assert "محدود" in shown
        assert '<span lang="en" dir="ltr">RESTRICTED</span>' in shown


class TestGrade:
    def test_carries_its_meaning(self):
        assert 'title="Source grade B2: usually reliable; probably true"' in aar.grade("b2")

    def test_of_an_ungraded_source_is_a_dash(self):
        assert aar.grade("") == '<span class="grade">–</span>'


class TestSection:
    def test_puts_title_and_note_in_the_margin_and_the_body_beside_them(self):
        html = render(
            '{% section title="Facts" note=note first=True id="f" %}'
            "<p>{{ words }}</p>{% endsection %}",
            words="<i>",
            note="From <b>19</b> pages",
        )

        assert '<section class="sec file first" id="f">' in html
        assert "From &lt;b&gt;19&lt;/b&gt; pages" in html
        assert "<p>&lt;i&gt;</p>" in html


class TestMeter:
    def test_puts_the_tick_at_the_limit_once_it_is_passed(self):
        assert aar.meter(50, 30) == {"late": True, "width": "100.0", "tick": "60.0"}

    def test_fills_as_far_as_was_used(self):
        assert aar.meter(13, 30)["width"] == "43.3"


class TestConflict:
    def test_shows_both_versions_and_loses_neither(self):
        html = render(
            '{% include "components/conflict.html" with rows=rows version=3 %}',
            rows=[
                {"name": "what", "label": "What", "yours": "<A>", "theirs": "B", "differs": True},
                {"name": "same", "label": "Same", "yours": "C", "theirs": "C", "differs": False},
            ],
        )

        assert "&lt;A&gt;" in html
        assert '<span class="version" dir="auto">B</span>' in html
        assert 'name="yours_what" value="&lt;A&gt;"' in html
        assert "keep_same" not in html
