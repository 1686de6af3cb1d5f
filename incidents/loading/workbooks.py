"""Workbooks (XLSX): the first sheet that holds anything, row by row, its cells as plain words.

The archive is looked through before anything of it is read (`incidents.files.archives`): what
unpacks too far, runs, or fetches from elsewhere is refused. Formulas are not worked out: what a
cell shows is what its writer must put there.
"""

from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from incidents.files import archives
from incidents.files.refusals import FileRefused
from incidents.loading.rows import Row, begins, check_header, empty, row_of

# A sheet says how wide it is, and may lie.
MOST_COLUMNS = 500


@dataclass(frozen=True)
class Workbook:
    """A sheet that can be read, and what its columns are called."""

    file: IO[bytes]
    sheet: str
    columns: tuple[str, ...]
    tagged: bool = False

    def rows(self, *, after: int = 1) -> Generator[Row]:
        """The rows after this number, in order, blank ones left out."""
        start = max(after, 2 if self.tagged else 1)
        with closing(_opened(self.file)) as book:
            for number, cells in enumerate(_cells(book[self.sheet]), 1):
                if number <= start:
                    continue
                if fault := _formula(cells, number, self.columns):
                    yield fault
                    continue
                words = [_word(cell.value) for cell in cells]
                if any(words):
                    yield row_of(number, words, self.columns)

    def kept(self) -> dict[str, Any]:
        """What is needed to open it again."""
        return {"sheet": self.sheet, "columns": self.columns, "tagged": self.tagged}


def open_workbook(file: IO[bytes], name: str) -> Workbook:
    """The first sheet that holds anything. Raises FileRefused with a sentence."""
    if archives.media_type(file, name) != archives.XLSX:
        raise FileRefused(
            "kind", _("“%(name)s” is no table. Load a workbook or CSV.") % {"name": name}
        )
    try:
        with closing(_opened(file)) as book:
            for sheet in book.sheetnames:
                found = _begun(book[sheet])
                if found:
                    header, tagged, has_rows = found
                    check_header(header, name, has_rows=has_rows)
                    return Workbook(file, sheet, header, tagged)
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise FileRefused(
            "damaged",
            _("“%(name)s” is damaged. Open it, save it anew and load that.") % {"name": name},
        ) from error
    raise empty(name)


def _opened(file: IO[bytes]) -> Any:
    file.seek(0)
    return load_workbook(file, read_only=True, keep_links=False, data_only=False)


def _cells(sheet: Any) -> Iterable[Any]:
    """Rows as they are, whatever size the sheet says it has."""
    if not hasattr(sheet, "iter_rows"):  # a sheet of charts
        return ()
    sheet.reset_dimensions()
    rows: Iterable[Any] = sheet.iter_rows(max_col=MOST_COLUMNS)
    return rows


def _begun(sheet: Any) -> tuple[tuple[str, ...], bool, bool] | None:
    """What the columns are called, whether tags follow, and whether rows do."""
    rows = iter(_cells(sheet))
    header = next(rows, None)
    if header is None or not any(cell.value is not None for cell in header):
        return None
    names = [_word(cell.value) for cell in header]
    while names and not names[-1]:
        names.pop()
    return (tuple(names), *begins([_word(cell.value) for cell in row] for row in rows))


def _formula(cells: Any, number: int, columns: tuple[str, ...]) -> Row | None:
    """A row with a formula is not taken: why, and in which column."""
    for place, cell in enumerate(cells):
        if cell.data_type == "f":
            why = _("The cell %(cell)s holds a formula. Copy the column and paste it as values.")
            where = f"{get_column_letter(place + 1)}{number}"
            column = columns[place] if place < len(columns) else ""
            return Row(number, {}, why % {"cell": where}, column)
    return None


def _word(value: Any) -> str:
    """As a person reads it: days and times plain, whole numbers without a point."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case float() if value == int(value):
            return str(int(value))
        case _:
            return str(value).replace("\0", "").strip()
