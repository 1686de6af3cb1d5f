"""What is seen of the register, taken away: exactly that, marked, and nothing a program runs."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from agencies.choices import TLP
from audit.models import Event
from incidents.choices import PlacePrecision
from incidents.models import Incident
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
