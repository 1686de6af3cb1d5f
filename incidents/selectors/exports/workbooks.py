"""The register as a workbook."""

from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from agencies.models import User
from agencies.page_marking import PageMarking
from incidents.selectors.exports.told import NAMES, Told
from incidents.selectors.filters import Filters

# What a sheet holds, the header left out.
MOST_IN_A_SHEET = 1_048_575


def write_xlsx(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A workbook of one sheet, its cells plain text and numbers; a formula is text there too."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("incidents")
    sheet.append(NAMES)
    told = Told()
    for row, _more in told.rows(user, filters):
        if told.count <= MOST_IN_A_SHEET:
            sheet.append([_typed(sheet, row[name]) for name in NAMES])
    book.save(file)
    return min(told.count, MOST_IN_A_SHEET), told.marking


def _typed(sheet: Any, value: Any) -> Any:
    """Numbers as numbers; words as words, even where they begin like a formula."""
    if value is None or isinstance(value, float | int):
        return value
    said = "; ".join(value) if isinstance(value, list) else str(value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", said))
    cell.data_type = "s"
    return cell
