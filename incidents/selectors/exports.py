"""What is seen of the register, as a file: a table for spreadsheets, points for maps.

Rows are fetched and written a few thousand at a time, so that a million weigh no more than a page.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import IO, Any

from django.db.models import F
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from core.cells import plain_cell
from incidents.choices import POINTED, AttackType, TargetType
from incidents.loading.formats import BY_SCHEME
from incidents.models import Incident
from incidents.selectors import index
from incidents.selectors.filters import Filters
from incidents.selectors.register import KilledRange

AT_ONCE = 2_000
# What a sheet holds, the header left out.
MOST_IN_A_SHEET = 1_048_575
COLUMNS = (
    *("reference", "on_date", "until_date", "at_time", "precision", "title", "title_ur"),
    *("province__name", "area__name", "area__code", "place_text", "latitude", "longitude"),
    *("place_precision", "attack_type", "suicide", "target_type", "target_text", "group_named"),
    *("occasion", "killed", "agency__code", "tlp", "classification", "caveats", "origin"),
)
NAMES = (
    *("reference", "date", "until", "time", "precision", "title", "title_ur"),
    *("province", "area", "area_code", "place", "latitude", "longitude"),
    *("place_precision", "attack_type", "suicide", "target_type", "target", "group_named"),
    *("occasion", "killed", "agency", "tlp", "classification", "caveats", "credit"),
)
KINDS = {each.value: each.name.lower() for each in AttackType}
TARGETS = {each.value: each.name.lower() for each in TargetType}


def write_csv(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A table, newest first; how many rows, and the marking of the whole."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(NAMES)
    told = _Told()
    for row in told.rows(user, filters):
        writer.writerow([plain_cell(_cell(row[name])) for name in NAMES])
    text.detach()
    return told.count, told.marking


def write_xlsx(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A workbook of one sheet, its cells plain text and numbers; a formula is text there too."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("incidents")
    sheet.append(NAMES)
    told = _Told()
    for row in told.rows(user, filters):
        if told.count <= MOST_IN_A_SHEET:
            sheet.append([_typed(sheet, _cell(row[name])) for name in NAMES])
    book.save(file)
    return min(told.count, MOST_IN_A_SHEET), told.marking


def write_geojson(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A FeatureCollection (RFC 7946); what is known no exacter than to a district has no point."""
    told = _Told()
    file.write(b'{"type":"FeatureCollection","features":[')
    for row in told.rows(user, filters):
        file.write(b",\n" if told.count > 1 else b"\n")
        file.write(json.dumps(_feature(row), ensure_ascii=False, default=str).encode())
    file.write(b"\n]}\n")
    return told.count, told.marking


class _Told:
    """What has been written so far: how many rows, and how the whole is marked."""

    def __init__(self) -> None:
        self.count = 0
        self._marks: set[tuple[str, str, tuple[str, ...]]] = set()

    def rows(self, user: User, filters: Filters) -> Iterator[dict[str, Any]]:
        """Each row, counted before it is given."""
        for row in _rows(user, filters):
            self.count += 1
            self._marks.add((row["tlp"], row["classification"], tuple(row["caveats"])))
            yield row

    @property
    def marking(self) -> PageMarking | None:
        """The highest of all rows."""
        return highest_of(sorted(self._marks))


def _rows(user: User, filters: Filters) -> Iterator[dict[str, Any]]:
    visible = Incident.objects.visible_to(user).standing().annotate(killed=KilledRange(F("id")))
    found = index.narrow(visible, filters).order_by("-sort_date", "-id").values_list(*COLUMNS)
    for values in found.iterator(chunk_size=AT_ONCE):
        row = dict(zip(NAMES, values, strict=True))
        row["attack_type"] = KINDS[row["attack_type"]]
        row["target_type"] = TARGETS[row["target_type"]]
        row["credit"] = _credit(row["credit"])
        yield row


def _credit(origin: str) -> str:
    """Whom to credit for a record of a data set."""
    known = BY_SCHEME.get(origin.partition(":")[0])
    return known.credit if known else ""


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value


def _typed(sheet: Any, value: Any) -> Any:
    """Numbers as numbers; words as words, even where they begin like a formula."""
    if value is None or isinstance(value, float | int):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    pointed = row["place_precision"] in POINTED and row["latitude"] is not None
    place = [row["longitude"], row["latitude"]]
    said = {name: value for name, value in row.items() if name not in {"latitude", "longitude"}}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place} if pointed else None,
        "properties": said,
    }


def name_of_file(stem: str, marking: PageMarking | None, form: str) -> str:
    """A name that says how the file is marked."""
    marks = [stem]
    if marking is not None:
        marks += [marking.classification, f"TLP-{marking.tlp}"]
    return f"{'-'.join(marks)}.{form}"
