"""A row of a table, whatever file it stands in, and what a header must be."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.files.refusals import FileRefused

MOST_COLUMNS = 500
# What stands where a byte means no letter.
UNREADABLE = "\ufffd"


@dataclass(frozen=True)
class Row:
    """One row: its number in the file and its cells by the names of the columns."""

    number: int
    cells: dict[str, str]
    # Why nothing can be read from it, blank where it is sound.
    fault: str = ""


def row_of(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    """The cells under their columns; blank ones beyond the last column are nothing."""
    told = dict(zip(columns, (cell.replace("\0", "").strip() for cell in cells), strict=False))
    return Row(number, told)


def fault_of(cells: Sequence[str], columns: Sequence[str]) -> str:
    """Why a row of text is unreadable or not cut as its header is; blank where it is sound."""
    if any(UNREADABLE in cell for cell in cells):
        return _("Letters of this row cannot be read. Save the file as UTF-8 and hand it in again.")
    surplus = any(cell.strip() for cell in cells[len(columns) :])
    if not surplus and len(cells) >= len(columns):
        return ""
    return _(
        "The row has %(there)d cells, the header names %(named)d columns."
        " A line break or a separator inside a cell needs quotes around it."
    ) % {"there": len(cells), "named": len(columns)}


def is_tags(cells: Sequence[str]) -> bool:
    """Whether the row below the header only tags it (HXL)."""
    tags = [cell for cell in cells if cell.strip()]
    return bool(tags) and all(cell.lstrip().startswith("#") for cell in tags)


def check_header(columns: Sequence[str], second: Sequence[str], name: str) -> None:
    """Raises FileRefused where the first row names no columns, or nothing follows it."""
    named = [each for each in columns if each]
    if len(named) < 2 or all(_is_number(each) for each in named):
        raise FileRefused(
            "header",
            _("“%(name)s” has no header. Its first row must name the columns.") % {"name": name},
        )
    twice = next((each for each in named if list(columns).count(each) > 1), "")
    if twice:
        raise FileRefused(
            "header",
            _("Two columns of “%(name)s” are called “%(column)s”. Give each a name of its own.")
            % {"name": name, "column": twice},
        )
    if len(columns) > MOST_COLUMNS:
        raise FileRefused(
            "columns",
            _("“%(name)s” has more than %(most)d columns.") % {"name": name, "most": MOST_COLUMNS},
        )
    if not any(second):
        raise FileRefused(
            "empty", _("“%(name)s” has a header and no rows below it.") % {"name": name}
        )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()
