"""Workbooks as people keep them, and as those make them who mean harm."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from incidents import actions
from incidents.files.refusals import FileRefused
from incidents.loading.tables import open_again, open_table
from incidents.models import Incident
from tests.incidents.evidence.samples import XLSX_MAIN, office

HEADER = ["Date", "What happened", "District", "Killed"]


def workbook(*rows, header=HEADER, before=()):
    book = Workbook()
    sheet = book.active
    for title in before:
        book.create_sheet(title, 0)
    for row in (header, *rows):
        sheet.append(row)
    answer = io.BytesIO()
    book.save(answer)
    return answer


def rows(file, **how):
    return list(open_table(file, "list.xlsx").rows(**how))


class TestCells:
    def test_are_read_as_a_person_reads_them(self):
        (row,) = rows(workbook([date(2023, 9, 29), " Explosion ", None, 52.0]))

        assert row.cells == {
            "Date": "2023-09-29",
            "What happened": "Explosion",
            "District": "",
            "Killed": "52",
        }

    @pytest.mark.parametrize(
        ("value", "word"),
        [
            (datetime(2023, 9, 29, 14, 30), "2023-09-29 14:30:00"),  # noqa: DTZ001 - as Excel has it
            (time(14, 30), "14:30:00"),
            (1.5, "1.5"),
            (True, "True"),
            ("مستونگ", "مستونگ"),
        ],
    )
    def test_keep_what_they_say(self, value, word):
        (row,) = rows(workbook(["x", value, "", ""]))

        assert row.cells["What happened"] == word

    def test_with_formulas_are_not_worked_out(self):
        sound, bad = rows(workbook(["x", "y", "", 1], ["x", "=1+1", "", 1]))

        assert not sound.fault
        assert "The cell B3 holds a formula" in bad.fault
        assert bad.column == "What happened"


class TestSheets:
    def test_that_are_empty_are_passed_over(self):
        assert len(rows(workbook(["x", "y", "", 1], before=["Cover"]))) == 1

    def test_lose_their_blank_rows_and_go_on_after_a_row(self):
        file = workbook(["a", "y", "", 1], [None] * 4, ["b", "y", "", 1])

        assert [row.number for row in rows(file)] == [2, 4]
        assert [row.number for row in rows(file, after=2)] == [4]

    def test_are_opened_again_where_they_were(self):
        file = workbook(["a", "y", "", 1])
        kept = open_table(file, "list.xlsx").kept()

        assert [row.number for row in open_again(file, kept).rows()] == [2]


class TestRefused:
    @pytest.mark.parametrize(
        ("file", "words"),
        [
            (workbook(header=["Date", "Place"]), "no rows below it"),
            (workbook([4, 5], header=[1, 2]), "no header"),
            (workbook(["a", "b"], header=["x", "x"]), "called “x”"),
            (workbook(header=[]), "holds no rows"),
            (io.BytesIO(office()), "no table"),
            (io.BytesIO(b"PK\x03\x04" + b"\0" * 50), "damaged|not taken|archive"),
        ],
    )
    def test_with_a_sentence(self, file, words):
        with pytest.raises(FileRefused, match=words):
            open_table(file, "list.xlsx")

    def test_that_unpacks_too_far(self):
        bomb = office(XLSX_MAIN, parts={"xl/worksheets/sheet1.xml": "0" * (310 << 20)})

        with pytest.raises(FileRefused):
            open_table(io.BytesIO(bomb), "bomb.xlsx")


@pytest.mark.django_db
def test_is_loaded_like_any_table(loading):
    file = workbook([date(2023, 9, 29), "Explosion", "Mastung", 52])
    batch = loading.received(file.getvalue(), name="list.xlsx")
    actions.map_columns(
        import_id=batch.pk,
        mapping=batch.mapping | {"title": "What happened"},
        list_name="Ours",
        by=loading.by,
        at=batch.asked_at,
    )

    loading.step(actions.store_import, loading.step(actions.check_import, batch))

    incident = Incident.objects.get()
    assert (incident.title, incident.district.name) == ("Explosion", "Mastung")
    assert incident.on_date == date(2023, 9, 29)
