"""What is seen of the register, taken away: exactly that, marked, and nothing a program runs."""

import csv
import io
import json

import pytest
from django.db.models import F
from openpyxl import load_workbook

from agencies.choices import TLP
from agencies.lock import acting
from audit.models import Event
from incidents.choices import PlacePrecision
from incidents.models import Incident
from incidents.selectors import Filters, exports
from incidents.selectors.wording import KilledRange
from tests.bulletins.factories import IncidentFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CSV, GEOJSON = "/incidents/export/csv/", "/incidents/export/geojson/"


@pytest.fixture
def by():
    return UserFactory.create()


@pytest.fixture
def at_desk(client, by):
    client.force_login(by)
    return client


def content(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def table(answer):
    return list(csv.DictReader(io.StringIO(content(answer))))


class TestATable:
    def test_holds_what_is_seen_and_no_more(self, at_desk, by):
        IncidentFactory.create(agency=by.agency, title="Own")
        IncidentFactory.create(title="Everybody's", tlp=TLP.GREEN)
        IncidentFactory.create(title="Somebody else's")

        titles = {row["title"] for row in table(at_desk.get(CSV))}

        assert titles == {"Own", "Everybody's"}

    def test_is_narrowed_as_the_page_is(self, at_desk, by):
        IncidentFactory.create(agency=by.agency, title="Bomb at the gate")
        IncidentFactory.create(agency=by.agency, title="Firing")

        rows = table(at_desk.get(CSV, {"q": "gate"}))

        assert [row["title"] for row in rows] == ["Bomb at the gate"]

    def test_runs_in_no_spreadsheet(self, at_desk, by):
        IncidentFactory.create(agency=by.agency, title="=HYPERLINK(1)", place_text="@SUM(A1)")

        (row,) = table(at_desk.get(CSV))

        assert (row["title"], row["place"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")

    def test_says_in_its_name_how_it_is_marked(self, at_desk, by):
        IncidentFactory.create(agency=by.agency, tlp=TLP.AMBER_STRICT)
        IncidentFactory.create(agency=by.agency, tlp=TLP.GREEN, classification="UNMARKED")

        name = at_desk.get(CSV)["Content-Disposition"]

        assert "RESTRICTED-TLP-AMBER_STRICT.csv" in name

    def test_is_a_deed(self, at_desk, by):
        IncidentFactory.create(agency=by.agency)

        at_desk.get(CSV, {"q": "procession"})

        event = Event.objects.get(verb="incident.exported")
        assert event.actor_id == by.pk
        assert (event.data["rows"], event.data["asked"]) == (1, "q=procession")

    def test_of_nothing_is_a_header(self, at_desk):
        assert table(at_desk.get(CSV)) == []


class TestATableThatTheDatabaseWrites:
    """Byte for byte what a careful writer would have written."""

    @pytest.fixture
    def hard(self, by):
        """One incident of everything that a table could stumble over."""
        incident = IncidentFactory.create(
            agency=by.agency,
            title='Firing, "heavy", at the gate\r\nand then\na blast',
            title_ur="گیٹ پر فائرنگ",
            place_text="+92 Bazaar",
            target_text="-",
            group_named="\tname",
            caveats=["ORCON", "LIMDIS"],
            attack_type="2",
            target_type="15",
            latitude=-29.5,
            longitude=66.0,
        )
        Incident.objects.filter(pk=incident.pk).update(occasion="ashura", suicide="YES")
        return incident

    def test_writes_each_cell_as_it_should(self, at_desk, hard):
        (row,) = table(at_desk.get(CSV))

        assert row["title"] == hard.title
        assert row["title_ur"] == "گیٹ پر فائرنگ"
        assert (row["place"], row["target"], row["group_named"]) == ("'+92 Bazaar", "'-", "'\tname")
        assert (row["attack_type"], row["target_type"]) == ("armed_assault", "religious")
        assert (row["caveats"], row["occasion"], row["suicide"]) == (
            "ORCON; LIMDIS",
            "ashura",
            "YES",
        )
        assert (row["date"], row["until"], row["time"]) == (hard.on_date.isoformat(), "", "")

    def test_leaves_a_negative_number_a_number(self, at_desk, hard):
        (row,) = table(at_desk.get(CSV))

        assert (row["latitude"], row["longitude"]) == ("-29.5", "66")

    def test_ends_every_line_as_rfc_4180_says_and_quotes_what_must_be(self, at_desk, hard):
        raw = b"".join(at_desk.get(CSV).streaming_content)

        lines = io.StringIO(raw.decode("utf-8-sig"), newline="")
        again = io.StringIO(newline="")
        csv.writer(again).writerows(csv.reader(lines))
        assert raw.startswith(b"\xef\xbb\xbfreference,date,")
        assert raw == again.getvalue().encode("utf-8-sig")

    def test_says_of_the_killed_what_the_register_says(self, at_desk, by):
        for figures in (
            [("victims", 15, None, None), ("victims", None, 60, None)],
            [("victims", 50, None, None)],
            [("police", None, 4, None), ("civilian", None, 9, None)],
            [("victims", None, 3, None), ("perpetrator", None, 90, None)],
            [],
        ):
            incident = IncidentFactory.create(agency=by.agency)
            for group, low, best, high in figures:
                incident.casualty_counts.create(
                    group=group,
                    low=low,
                    best=best,
                    high=high,
                    state="killed",
                    recorded_at=incident.recorded_at,
                    recorded_by=by,
                )

        rows = {row["reference"]: row["killed"] for row in table(at_desk.get(CSV))}
        narrowed = table(at_desk.get(CSV, {"attack_type": "3"}))

        assert {row["reference"]: row["killed"] for row in narrowed} == rows
        with acting(by):
            shown = Incident.objects.annotate(killed=KilledRange(F("id")))
            assert rows == dict(shown.values_list("reference", "killed"))
        assert sorted(rows.values()) == ["", "15–60", "3", "50+", "9+"]

    def test_is_empty_for_whom_the_database_does_not_know(self, by):
        """The other lock alone: the rule of the product says yes, PostgreSQL says no."""
        IncidentFactory.create(agency=by.agency)

        with acting(UserFactory.create()):
            count, marking = exports.write_csv(by, Filters(), io.BytesIO())

        assert (count, marking) == (0, None)

    def test_is_marked_by_the_highest_of_its_rows(self, by):
        IncidentFactory.create(agency=by.agency, tlp=TLP.GREEN, classification="UNMARKED")
        IncidentFactory.create(agency=by.agency, tlp=TLP.AMBER, caveats=["ORCON"])

        with acting(by):
            count, marking = exports.write_csv(by, Filters(), io.BytesIO())

        assert (count, marking.tlp, marking.caveats) == (2, TLP.AMBER, ["ORCON"])


class TestAWorkbook:
    def test_holds_words_as_words_and_numbers_as_numbers(self, at_desk, by):
        IncidentFactory.create(agency=by.agency, title="=1+1", latitude=29.8, longitude=66.8)

        answer = at_desk.get("/incidents/export/xlsx/")
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

        header, row = sheet.iter_rows()
        cells = dict(zip((cell.value for cell in header), row, strict=True))
        assert (cells["title"].value, cells["title"].data_type) == ("=1+1", "s")
        assert (cells["latitude"].value, cells["latitude"].data_type) == (29.8, "n")

    def test_holds_what_is_seen_and_no_more(self, at_desk, by):
        IncidentFactory.create(agency=by.agency)
        IncidentFactory.create()

        answer = at_desk.get("/incidents/export/xlsx/")
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

        assert sheet.max_row == 2


class TestAMap:
    def test_draws_a_point_only_where_one_is_known(self, at_desk, by):
        place = {"latitude": 29.8, "longitude": 66.8}
        exact = IncidentFactory.create(agency=by.agency, **place)
        Incident.objects.filter(pk=exact.pk).update(place_precision=PlacePrecision.EXACT)
        IncidentFactory.create(agency=by.agency, title="District only", **place)

        told = json.loads(content(at_desk.get(GEOJSON)))

        points = {each["properties"]["title"]: each["geometry"] for each in told["features"]}
        assert points["District only"] is None
        assert points[exact.title] == {"type": "Point", "coordinates": [66.8, 29.8]}
