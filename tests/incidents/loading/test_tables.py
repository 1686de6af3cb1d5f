"""Files as they come: whatever wrote them, every row is read or named with what to do."""

import io

import pytest

from incidents.files.refusals import FileRefused
from incidents.loading.tables import open_table

TEXT = "Day,What happened,Place\n2023-09-29,Explosion,Mastung\n2023-01-30,Explosion,Peshawar\n"


def rows(content, **how):
    if isinstance(content, str):
        content = content.encode()
    return list(open_table(io.BytesIO(content), "list.csv").rows(**how))


def places(content):
    return [row.cells["Place"] for row in rows(content)]


class TestEncodings:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
    )
    def test_of_every_program_are_known(self, encoding):
        assert places(TEXT.encode(encoding)) == ["Mastung", "Peshawar"]

    def test_of_windows_keep_their_letters(self):
        assert places("Day,Place\n1,Café – “Quetta”\n".encode("cp1252")) == ["Café – “Quetta”"]

    def test_of_urdu_keep_theirs(self):
        assert places("Day,Place\n1,مستونگ\n".encode("utf-16")) == ["مستونگ"]

    def test_that_change_late_in_the_file_are_noticed(self):
        content = b"Day,Place\n" + b"1,Mastung\n" * 200_000 + "1,Café\n".encode("cp1252")

        assert places(content)[-1] == "Café"


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_end_as_they_like(self, end):
        assert places(TEXT.replace("\n", end)) == ["Mastung", "Peshawar"]

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_are_cut_at_whatever_the_header_is_cut_at(self, separator):
        assert places(TEXT.replace(",", separator)) == ["Mastung", "Peshawar"]

    def test_may_break_inside_quotes(self):
        (row,) = rows('Day,Place\n1,"Mastung,\rbazar\nroad"\n')

        assert row.cells["Place"] == "Mastung,\rbazar\nroad"

    def test_lose_their_nulls(self):
        assert places(b"Day,Place\n1,Mas\0tung\n") == ["Mastung"]

    def test_that_are_blank_are_no_rows(self):
        assert [row.number for row in rows("Day,Place\n1,a\n\n,\n2,b\n")] == [2, 5]

    def test_go_on_after_a_row(self):
        assert [row.number for row in rows(TEXT, after=2)] == [3]


class TestRows:
    def test_with_too_many_cells_say_so(self):
        sound, bad = rows("Day,Place\n1,a\n2,b,c\n")

        assert not sound.fault
        assert "3 cells, the header names 2" in bad.fault

    def test_with_too_few_say_so(self):
        (bad,) = rows("Day,What,Place\n1,a\n")

        assert "2 cells, the header names 3" in bad.fault

    @pytest.mark.parametrize(
        "content",
        [
            b"Day,Place\n1,a\n2,Mas\x81tung\n",  # no letter of Windows-1252
            b"\xef\xbb\xbfDay,Place\n1,a\n2,Caf\xe9\n",  # says UTF-8, and is not
            "Day,Place\n1,a\n2,b".encode("utf-16") + b"\x00",  # cut in the middle of a letter
        ],
    )
    def test_with_letters_that_cannot_be_read_say_so(self, content):
        sound, bad = rows(content)

        assert not sound.fault
        assert "Letters of this row cannot be read" in bad.fault
        assert bad.column == "Place"

    def test_with_a_slip_of_the_keyboard_are_read(self):
        (row,) = rows("Day,Place\n1,Mas\x0btung\x1a\n")

        assert not row.fault

    def test_may_end_in_blank_cells(self):
        (row,) = rows("Day,Place\n1,a,,\n")

        assert not row.fault

    @pytest.mark.parametrize("length", [1, 60_000])
    def test_with_a_cell_that_never_ends_swallow_nothing_in_silence(self, length):
        content = 'Day,Place\n0,z\n1,"a\n' + "2,b\n" * length

        sound, bad = rows(content)

        assert not sound.fault
        assert (bad.number, "Nothing below it can be read" in bad.fault) == (3, True)

    def test_of_tags_are_no_rows(self):
        assert places("Day,Place\n#date,#adm2\n1,Mastung\n") == ["Mastung"]


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "holds no rows"),
            (b"\xef\xbb\xbf \r\n", "holds no rows"),
            (b"Day,Place\n", "no rows below it"),
            (b"2023-09-29\n", "has no header"),
            (b"2023-09-29,Explosion,Mastung\n2023-01-30,Explosion,Peshawar\n", "has no header"),
            (b"29/09/2023 14:30,Explosion,Mastung\n", "has no header"),
            (b"17,Mastung,52,Explosion,66.8,29.8\n18,Hangu,5,Explosion,71,33\n", "has no header"),
            (b'"' + b"Day," * 40_000 + b"\n1,a\n", "cannot be read. Close its quotes"),
            (b"SQLite format 3\0" + bytes(84), "not a table of text"),
            (b"\x1f\x8b\x08\x00" + bytes(range(1, 256)) * 9, "not a table of text"),
            (b"MZ" + bytes(range(256)) * 9, "not a table of text"),
            (b"Rar!\x1a\x07\x01\x00" + bytes(range(1, 256)) * 9, "not a table of text"),
            (b'{"rows": [1, 2]}', "not a table of text"),
            (b'\xef\xbb\xbf [\n {"day": 1}]', "not a table of text"),
            (b"1,2,3\n4,5,6\n", "has no header"),
            (b"Day,Place,Day\n1,a,2\n", "are called “Day”"),
            (b"%PDF-1.7 and so on", "not a table of text"),
            (b"PK\x03\x04 a workbook by another name", "damaged"),
            (b"\x89PNG\r\n\x1a\n", "not a table of text"),
            (b"<html><table>", "not a table of text"),
            (b",".join(b"c%d" % n for n in range(600)) + b"\n1\n", "more than 500 columns"),
        ],
    )
    def test_with_a_sentence(self, content, words):
        with pytest.raises(FileRefused, match=words):
            open_table(io.BytesIO(content), "list.csv")
