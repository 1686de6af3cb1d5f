"""Pieces of a file are read one ahead and no further: memory is that of two pieces."""

import pytest

from incidents.loading.reading import Reading
from incidents.loading.rows import Row
from tests.incidents.loading.conftest import ROW, ucdp

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(loading):
    return Reading(loading.received(ucdp({})))


def rows(count, read):
    for number in range(2, count + 2):
        read.append(number)
        yield Row(number, ROW | {"id": f"{number}"})


class TestPieces:
    def test_hold_all_rows_once_and_in_order(self, reading):
        pieces = list(reading.pieces(rows(5, []), 2))

        assert [[each.number for each in piece.taken] for piece in pieces] == [[2, 3], [4, 5], [6]]
        assert [piece.position for piece in pieces] == [3, 5, 6]

    def test_are_read_one_ahead_and_no_further(self, reading):
        read = list[int]()
        pieces = reading.pieces(rows(1_000, read), 10)

        first = next(pieces)
        pieces.close()

        assert first.position == 11
        assert len(read) <= 20

    def test_of_no_rows_are_none(self, reading):
        assert list(reading.pieces(iter(()), 10)) == []

    def test_tell_an_error_of_the_reading_to_whoever_stores(self, reading):
        def broken():
            yield Row(2, ROW)
            raise OSError("the disk went")

        with pytest.raises(OSError, match="the disk went"):
            list(reading.pieces(broken(), 10))

    def test_say_what_is_wrong_in_the_language_of_whoever_asked(self, reading):
        reading.language = "ur"

        (piece,) = reading.pieces(iter([Row(2, ROW | {"best": "many"})]), 10)

        ((row, why),) = piece.refused
        assert (row.number, why.column) == (2, "best")
        assert "many" in why.sentence
        assert "no number of people" not in why.sentence
