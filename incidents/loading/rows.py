"""A row of a table, whatever file it stands in, and what a header must be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from incidents.files.refusals import FileRefused

MOST_COLUMNS = 500
# What stands where a byte means no letter.
UNREADABLE = "\ufffd"
# What begins a row of data and names no column: 2023-09-29, 29/09/2023, perhaps with a time.
DAY = re.compile(r"(\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4})([T ][\d:.]+)?", re.ASCII)
# A tag of the Humanitarian Exchange Language: #adm2 +name, #date+start.
TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row: its number in the file and its cells by the names of the columns."""

    number: int
    cells: dict[str, str]
    # Why nothing can be read from it, blank where it is sound; the column, where it is one cell's.
    fault: str = ""
    column: str = ""


def row_of(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    """The cells under their columns; blank ones beyond the last column are nothing."""
    told = dict(zip(columns, (cell.replace("\0", "").strip() for cell in cells), strict=False))
    return Row(number, told)


def with_fault(row: Row, cells: Sequence[str], columns: Sequence[str]) -> Row:
    """The row, and why it is unreadable or not cut as its header is, where it is."""
    told = next((number for number, cell in enumerate(cells) if UNREADABLE in cell), None)
    if told is not None:
        column = columns[told] if told < len(columns) else ""
        why = _("Letters of this row cannot be read. Save the file as UTF-8 and hand it in again.")
        return replace(row, fault=why, column=column)
    fault = _miscut(cells, columns)
    return replace(row, fault=fault) if fault else row


def _miscut(cells: Sequence[str], columns: Sequence[str]) -> str:
    surplus = any(cell.strip() for cell in cells[len(columns) :])
    if not surplus and len(cells) >= len(columns):
        return ""
    return _(
        "The row has %(there)d cells, the header names %(named)d columns."
        " A line break or a separator inside a cell needs quotes around it."
    ) % {"there": len(cells), "named": len(columns)}


def begins(below: Iterator[Sequence[str]]) -> tuple[bool, bool]:
    """Of the rows below a header: whether tags come first (HXL), and whether any row has words."""
    second = next(below, ())
    tagged = is_tags(second)
    return tagged, (any(second) and not tagged) or any(map(any, below))


def is_tags(cells: Sequence[str]) -> bool:
    """Whether the row below the header only tags it (HXL); not every column has a tag."""
    tags = [cell.strip() for cell in cells if cell.strip()]
    return bool(tags) and all(TAG.fullmatch(tag) for tag in tags)


def check_header(columns: Sequence[str], name: str, *, has_rows: bool) -> None:
    """Raises FileRefused where the first row names no columns, or no row follows it."""
    named = [each for each in columns if each]
    numbers = sum(map(_is_number, named))
    if len(named) < 2 or 2 * numbers >= len(named) or any(map(DAY.fullmatch, named)):
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
            _(
                "“%(name)s” has more than %(most)d columns. Leave out those that say nothing of"
                " incidents."
            )
            % {"name": name, "most": MOST_COLUMNS},
        )
    if not has_rows:
        raise FileRefused(
            "empty",
            _("“%(name)s” has a header and no rows below it. Choose the file that has them.")
            % {"name": name},
        )


def empty(name: str) -> FileRefused:
    """The refusal of a file in which nothing is."""
    why = _("“%(name)s” holds no rows. Choose the file that has them.")
    return FileRefused("empty", why % {"name": name})


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()
