"""A page that names several records is marked as high as the highest of them."""

from agencies.choices import TLP, Classification
from agencies.page_marking import highest_of, marking_of


class TestHighestOf:
    def test_takes_each_scale_apart_and_every_caveat(self):
        marking = highest_of(
            [
                (TLP.AMBER, Classification.UNMARKED, ["ORCON"]),
                (TLP.GREEN, Classification.CONFIDENTIAL, ["SUBJUDICE", "ORCON"]),
            ]
        )

        assert marking is not None
        assert (marking.tlp, marking.classification) == (TLP.AMBER, Classification.CONFIDENTIAL)
        assert marking.caveats == ["ORCON", "SUBJUDICE"]

    def test_is_nothing_where_nothing_is_shown(self):
        assert marking_of([]) is None
