"""Rows of a file as it comes: whatever its encoding, its line ends and its separator.

One row is in memory at a time. Rows are numbered as a spreadsheet numbers them: the header is 1.
"""

import csv
import io
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _

from incidents.files.refusals import FileRefused
from incidents.loading.rows import Row, begins, check_header, empty, row_of, with_fault
from incidents.loading.workbooks import Workbook, open_workbook

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SEPARATORS = ",;\t|"
PIECE = 1 << 20
# A cell longer than this is no cell: most often a quotation mark that nobody closed.
LONGEST_CELL = 1 << 17
ARCHIVE = b"PK\x03\x04"
# Signatures of files that are often renamed to .csv, markup and JSON among them.
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8", b"SQLite", b"<", b"{")
JSON = re.compile(rb"\[\s*[\[{]")
# Bytes that no text has; a few may be slips, many are a program or something packed. NUL is none
# of them: it is every other byte of UTF-16.
NO_TEXT = bytes({*range(1, 32)} - set(b"\t\n\v\f\r"))
SLIPS = 8


@dataclass(frozen=True)
class Table:
    """A file that can be read: how it is written and what its columns are called."""

    file: IO[bytes]
    encoding: str
    separator: str
    columns: tuple[str, ...]
    # Rows below the header that only tag it (HXL).
    tagged: bool = field(default=False)

    def rows(self, *, after: int = 1) -> Generator[Row]:
        """The rows after this number, in order, blank ones left out."""
        start = 2 if self.tagged else 1
        with _opened(self.file, self.encoding) as lines:
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            number = 0
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    # Where a cell has no end, nobody knows where the next row begins.
                    yield Row(number, {}, _without_end())
                    return
                if number > max(after, start) and any(cell.strip() for cell in cells):
                    yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> Row:
        return with_fault(row_of(number, cells, self.columns), cells, self.columns)

    def kept(self) -> dict[str, Any]:
        """What is needed to open it again."""
        return {
            "encoding": self.encoding,
            "separator": self.separator,
            "columns": self.columns,
            "tagged": self.tagged,
        }


def _without_end() -> str:
    return _(
        "The quotes of a cell in this row are not closed. Nothing below it can be read: close them"
        " and hand the file in again."
    )


def open_table(file: IO[bytes], name: str) -> "Table | Workbook":
    """The file as a table. Raises FileRefused with a sentence that says what to do."""
    file.seek(0)
    head = file.read(PIECE)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise empty(name)
    if head.startswith(ARCHIVE):
        return open_workbook(file, name)
    if _is_other(head):
        raise FileRefused(
            "kind",
            _("“%(name)s” is not a table of text. Save it as CSV and load that.") % {"name": name},
        )
    encoding = _encoding(file, head)
    with _opened(file, encoding) as lines:
        first = lines.readline(LONGEST_CELL)
    separator = max(SEPARATORS, key=first.count)
    with _opened(file, encoding) as lines:
        reader = csv.reader(lines, delimiter=separator)
        try:
            header = next(reader)
        except (csv.Error, StopIteration) as error:
            raise FileRefused(
                "header",
                _("The header of “%(name)s” cannot be read. Close its quotes, and load it again.")
                % {"name": name},
            ) from error
        tagged, has_rows = begins(_below(reader))
    columns = tuple(cell.replace("\0", "").strip() for cell in header)
    check_header(columns, name, has_rows=has_rows)
    return Table(file, encoding, separator, columns, tagged)


def _below(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows below the header; what is wrong with one is told when the rows are read."""
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells]
    except csv.Error:
        yield ["?"]


def open_again(file: IO[bytes], kept: dict[str, Any]) -> "Table | Workbook":
    """The table that `kept` describes."""
    return Workbook(file, **kept) if "sheet" in kept else Table(file, **kept)


def _is_other(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    packed = len(head) - len(head.translate(None, NO_TEXT)) if not _is_wide(head) else 0
    return text.startswith(OTHERS) or bool(JSON.match(text)) or packed > SLIPS + len(head) // 100


def _is_wide(head: bytes) -> bool:
    """Whether it is UTF-16, whose bytes are letters only by twos."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or _zeros(head) != ""


def _zeros(head: bytes) -> str:
    """UTF-16 without a mark, by the zeros beside plain letters; blank where it is none."""
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = min(len(head), 4096) // 4
    if odd > half > even:
        return "utf-16-le"
    return "utf-16-be" if even > half > odd else ""


def _encoding(file: IO[bytes], head: bytes) -> str:
    """By its mark; else by the zeros of UTF-16; else UTF-8 where all of it is, else Windows'."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if wide := _zeros(head):
        return wide
    return "utf-8" if _is_utf8(file) else "cp1252"


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = io.TextIOWrapper(file, encoding="utf-8")
    file.seek(0)
    try:
        while decoder.read(PIECE):
            pass
    except UnicodeDecodeError:
        return False
    finally:
        decoder.detach()
    return True


class _opened:  # noqa: N801 - read as a verb
    """The file as text from its beginning; it stays open afterwards."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        file.seek(0)
        # What means nothing in the encoding is marked; the row that holds it is refused.
        self.text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")

    def __enter__(self) -> io.TextIOWrapper:
        csv.field_size_limit(LONGEST_CELL)
        return self.text

    def __exit__(self, *_exception: object) -> None:
        self.text.detach()
