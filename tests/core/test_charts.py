from datetime import date
from xml.etree import ElementTree

import pytest

from core.charts import CountPoint, casualty_chart, nice_step

SVG = "{http://www.w3.org/2000/svg}"
FIRST, SECOND = date(2023, 9, 29), date(2023, 9, 30)


def draw(*points):
    drawn = casualty_chart(points, title="Killed", description="As reported", uid="cas")
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own output


class TestCasualtyChart:
    def test_draws_a_point_for_each_report_and_a_band_for_each_day(self):
        chart = draw(
            CountPoint(FIRST, 15, "15", "Assistant Commissioner"),
            CountPoint(FIRST, 52, "52", "District Health Officer"),
            CountPoint(SECOND, 60, "60", "Civil Hospital"),
        )

        assert len(chart.findall(f"{SVG}circle")) == 3
        assert len(chart.findall(f"{SVG}rect[@class='band']")) == 2

    def test_draws_a_vague_count_as_a_ring_and_a_range_as_a_line(self):
        chart = draw(
            CountPoint(FIRST, 50, "50+", "District Health Officer", vague=True),
            CountPoint(FIRST, 11, "11", "Police", low=9, high=13),
        )

        assert len(chart.findall(f"{SVG}circle[@class='open']")) == 1
        assert len(chart.findall(f"{SVG}path[@class='inkline']")) == 1

    def test_keeps_every_point_inside_the_drawing_however_many_days(self):
        days = [CountPoint(date(2023, 9, day), day, str(day), "Police") for day in range(1, 29)]

        chart = draw(*days)

        places = [float(each.get("cx", "-1")) for each in chart.findall(f"{SVG}circle")]
        assert min(places) >= 38
        assert max(places) <= 936
        assert places == sorted(places)

    def test_puts_higher_counts_higher(self):
        chart = draw(CountPoint(FIRST, 3, "3", "Police"), CountPoint(FIRST, 5, "5", "Hospital"))

        low, high = (float(each.get("cy", "0")) for each in chart.findall(f"{SVG}circle"))
        assert high < low

    def test_shows_words_from_sources_as_words(self):
        chart = draw(CountPoint(FIRST, 3, "3", "<script>alert(1)</script>"))

        titles = [each.text for each in chart.iter(f"{SVG}title")]
        assert "3: <script>alert(1)</script>" in titles
        assert not list(chart.iter(f"{SVG}script"))

    def test_has_a_name_and_a_description_and_no_style_attribute(self):
        chart = draw(CountPoint(FIRST, 0, "0", "Police"))

        assert chart.get("aria-labelledby") == "cas-t cas-d"
        assert not [each for each in chart.iter() if each.get("style")]

    def test_of_nothing_is_nothing(self):
        assert casualty_chart([], title="", description="", uid="cas") == ""


class TestNiceStep:
    @pytest.mark.parametrize(
        ("most", "step"), [(1, 1), (5, 2), (14, 5), (60, 15), (149, 50), (4000, 1000)]
    )
    def test_is_round(self, most, step):
        assert nice_step(most) == step
