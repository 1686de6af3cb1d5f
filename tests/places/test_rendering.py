import pytest

from places.locators import Locator
from places.rendering import locator_map

WHOLE = {"type": "Polygon", "coordinates": [[[60, 20], [70, 20], [70, 30], [60, 30], [60, 20]]]}


def square(west, south, size):
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def drawn(here=(), point=None, around=(WHOLE,), name="Mastung"):
    return locator_map(Locator("Sindh", list(around), list(here), point), name=name)


class TestWords:
    @pytest.mark.parametrize(
        ("west", "south", "words"),
        [
            (60, 29, "in the north-west of"),
            (65, 29, "in the north of"),
            (69, 29, "in the north-east of"),
            (60, 25, "in the west of"),
            (64.5, 24.5, "in the middle of"),
            (69, 25, "in the east of"),
            (60, 20, "in the south-west of"),
            (65, 20, "in the south of"),
            (69, 20, "in the south-east of"),
        ],
    )
    def test_say_where_it_lies(self, west, south, words):
        assert drawn([square(west, south, 1)]).words == f"Mastung lies {words} Sindh."


class TestPicture:
    def test_is_read_aloud_as_its_words(self):
        shown = drawn([square(60, 20, 5)])

        assert 'role="img"' in shown.svg
        assert f">{shown.words}</title>" in shown.svg

    def test_escapes_a_name(self):
        assert "<b>" not in drawn([square(60, 20, 5)], name="<b>").svg

    def test_keeps_north_up_and_fits_the_sheet(self):
        north = drawn([square(60, 25, 5)]).svg
        south = drawn([square(60, 20, 5)]).svg

        start = 'class="k5" fill="#123a66" stroke="#ffffff" fill-rule="evenodd" d="M6 '
        top, bottom = (int(svg.split(start)[1].split("l")[0]) for svg in (north, south))
        assert 6 < top < bottom == 474

    def test_puts_a_ring_round_what_is_too_small_to_find(self):
        assert "<circle" in drawn([square(62, 22, 0.2)]).svg
        assert "<circle" not in drawn([square(62, 22, 3)]).svg

    def test_draws_every_part_of_an_area(self):
        parts = [square(60, 20, 2)["coordinates"], square(64, 24, 2)["coordinates"]]

        shown = drawn([{"type": "MultiPolygon", "coordinates": parts}])

        assert shown.svg.split('class="k5"')[1].count("z") == 2

    def test_draws_a_dot_for_a_point(self):
        shown = drawn(point=(61.0, 21.0))

        assert '<circle class="k5"' in shown.svg
        assert shown.words == "Mastung lies in the south-west of Sindh."

    def test_stands_when_the_area_is_all_there_is(self):
        assert drawn([WHOLE], around=()).words == "Mastung lies in the middle of Sindh."
