"""Rows of a file read and put into the register's words, some at a time and one step ahead.

While the database stores a piece, the next is read: the two take about as long as each other.
Nothing here asks the database.
"""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.utils import timezone, translation

from incidents.loading import formats
from incidents.loading.drafts import RowRefused
from incidents.loading.rows import Row
from incidents.loading.sorting import Taken
from incidents.models import Import
from places.gazetteer import Gazetteer

FUTURE = timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """Some rows of a file, in order; each is either taken or refused."""

    # The number of the last row.
    position: int
    taken: list[Taken]
    refused: list[tuple[Row, RowRefused]]


class Reading:
    """How the rows of one file are read."""

    def __init__(self, batch: Import) -> None:
        self.language = batch.language
        self.draft = formats.reading(batch.scheme, batch.mapping)
        self.day = formats.day_column(batch.scheme, batch.mapping)
        self.gazetteer = Gazetteer(batch.answers, edition=batch.edition)

    def pieces(self, rows: Iterator[Row], size: int) -> Generator[Piece]:
        """All rows, so many at a time; at most two pieces are in memory."""
        with ThreadPoolExecutor(1) as ahead:
            next_one = ahead.submit(self._piece, rows, size)
            while piece := next_one.result():
                next_one = ahead.submit(self._piece, rows, size)
                yield piece

    def _piece(self, rows: Iterator[Row], size: int) -> Piece | None:
        taken: list[Taken] = []
        refused: list[tuple[Row, RowRefused]] = []
        last = 0
        # The language of a page belongs to its thread.
        with translation.override(self.language):
            for row in islice(rows, size):
                last = row.number
                try:
                    taken.append(self._take(row))
                except RowRefused as why:
                    refused.append((row, why))
        return Piece(last, taken, refused) if last else None

    def _take(self, row: Row) -> Taken:
        if row.fault:
            raise RowRefused(row.column, "", row.fault)
        draft = self.draft(row, self.gazetteer)
        day = draft.when.on_date
        if day is not None and day > (timezone.now() + FUTURE).date():
            why = translation.gettext("The day is still to come. Correct it.")
            raise RowRefused(self.day, f"{day}", why)
        return Taken(row.number, row.cells, draft)
