"""Files that the Humanitarian Data Exchange publishes: a row of tags (HXL) below the header."""

import csv
import io

import pytest
from openpyxl import Workbook

from incidents import actions
from incidents.choices.files import ImportState
from incidents.files.refusals import FileRefused
from incidents.loading import formats
from incidents.loading.tables import open_again, open_table
from incidents.management.commands.load_sample_incidents import SAMPLE
from incidents.models import Incident
from tests.incidents.loading.test_formats import ACLED, GTD

# The columns of “Conflict Data” of a country there, and the tags of those that have one.
COLUMNS = (
    *("id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name"),
    *("dyad_new_id", "dyad_name", "side_a_new_id", "gwnoa", "side_a", "side_b_new_id", "gwnob"),
    *("side_b", "number_of_sources", "source_article", "source_office", "source_date"),
    *("source_headline", "source_original", "where_prec", "where_coordinates", "adm_1", "adm_2"),
    *("latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "iso3", "country_id"),
    *("region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b"),
    *("deaths_civilians", "deaths_unknown", "low", "best", "high"),
)
TAGS = {
    "year": "#date+year",
    "side_a": "#group+name+first",
    "side_b": "#group+name+second",
    "source_article": "#meta+source",
    "source_headline": "#description",
    "where_coordinates": "#loc+name",
    "adm_1": "#adm1+name",
    "adm_2": "#adm2+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "country": "#country+name",
    "iso3": "#country+code",
    "region": "#region+name",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "best": "#affected+killed",
}
HERE = {"country": "Pakistan", "iso3": "PAK", "country_id": "770", "region": "Asia"}


def text(*rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def published():
    """The first events of the sample, as the exchange publishes them."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row, _number in zip(csv.DictReader(file), range(20), strict=False)]
    article = {"source_article": '"A paper, 1990-10-05, “Two killed”"'}
    return text(
        COLUMNS,
        [TAGS.get(name, "") for name in COLUMNS],
        *([(row | HERE | article).get(name, "") for name in COLUMNS] for row in rows),
    )


class TestTheFileOfTheExchange:
    def test_is_known_by_its_columns_and_loaded_without_its_tags(self, loading, published):
        batch = loading.stored(published, name="conflict_data_pak.csv")

        assert (batch.scheme, batch.state) == ("UCDP-GED", ImportState.DONE)
        assert (batch.added, batch.refused) == (20, 0)
        first = Incident.objects.get(origin="UCDP-GED:59553")
        assert (f"{first.on_date}", first.district.name) == ("1990-10-04", "Neelum")
        assert first.data_rows.get().cells["iso3"] == "PAK"

    def test_counts_its_tags_as_the_second_row(self, loading, published):
        bad = published.replace(",1990-10-04,1990-10-04,", ",1990-10-04,the next day,", 1)

        batch = loading.checked(bad)

        assert [(row, column) for row, column, _why in loading.refusals(batch)] == [(3, "date_end")]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_is_read_however_it_was_saved_anew(self, published, encoding, end):
        saved = published.replace("\r\n", end).encode(encoding)

        table = open_table(io.BytesIO(saved), "conflict_data_pak.csv")

        assert formats.recognised(table.columns)
        assert [row.number for row in table.rows()] == list(range(3, 23))


@pytest.mark.parametrize(("row", "scheme"), [(GTD, "GTD"), (ACLED, "ACLED")])
def test_tags_are_no_row_in_any_known_format(loading, row, scheme):
    tags = ["#event+id", *[""] * (len(row) - 2), "#affected +killed"]

    batch = loading.checked(text(row.keys(), tags, row.values()))

    assert (batch.scheme, batch.added, batch.refused) == (scheme, 1, 0)


def test_tags_are_no_row_in_a_table_of_ones_own(loading):
    batch = loading.received("Date,Title,District\n#date,#event,#adm2+name\n2023-09-29,x,Mastung\n")
    actions.map_columns(
        import_id=batch.pk, mapping=batch.mapping, list_name="x", by=loading.by, at=batch.asked_at
    )

    batch = loading.step(actions.check_import, batch)

    assert (batch.added, batch.refused) == (1, 0)


def test_tags_are_no_row_in_a_workbook():
    book = Workbook()
    for row in (["Date", "Place"], ["#date", "#loc"], ["2023-09-29", "Mastung"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    table = open_table(file, "list.xlsx")

    assert [row.number for row in open_again(file, table.kept()).rows()] == [3]


def test_numbers_behind_a_mark_are_no_tags():
    rows = list(open_table(io.BytesIO(b"No,Ref\n#1,#2\n#3,#4\n"), "list.csv").rows())

    assert [row.cells["No"] for row in rows] == ["#1", "#3"]


@pytest.mark.parametrize("end", ["", "\n\n,\n"])
def test_tags_with_nothing_below_are_an_empty_list(end):
    with pytest.raises(FileRefused, match="no rows below"):
        open_table(io.BytesIO(f"Date,Place\n#date,#loc\n{end}".encode()), "list.csv")
