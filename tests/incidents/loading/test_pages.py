"""Loading a file in the browser: what each step shows, keeps and refuses."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from incidents.choices.files import ImportState
from incidents.loading.work import work_on
from incidents.models import Import, Incident
from tests.factories import UserFactory
from tests.incidents.loading.conftest import ucdp

pytestmark = pytest.mark.django_db
ADD = "/incidents/imports/add/"
MARKING = {"tlp": "AMBER", "classification": "RESTRICTED"}
TABLE = (
    "Date,What happened,District,Killed\n2023-09-29,Explosion,Karachi,52\n2023-09-30,=1+1,Hangu,x\n"
)


@pytest.fixture
def worker(monkeypatch):
    """Works at once on what it is rung for."""
    rung = []

    def ring(*, import_id):
        rung.append(import_id)

    monkeypatch.setattr("incidents.tasks.load_file.delay", ring)

    def works():
        while rung:
            work_on(rung.pop())

    return works


@pytest.fixture
def press(client, by, worker, django_capture_on_commit_callbacks):
    """Sends a form, lets the worker work, and opens the page that follows."""
    client.force_login(by)

    def sent(path, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(path, fields)
        worker()
        return client.get(answer["Location"]) if answer.status_code == 302 else answer

    return sent


def handed_in(press, content, name="events.csv"):
    return press(ADD, file=SimpleUploadedFile(name, content.encode()), **MARKING)


class TestAFileOfAKnownDataSet:
    def test_is_checked_and_stored_in_three_steps(self, press):
        page = handed_in(press, ucdp({}, {"id": "2", "best": "many"}))
        path = page.request["PATH_INFO"]
        assert "UCDP-GED" in page.text
        assert "CC BY 4.0" in page.text

        page = press(f"{path}check/")
        assert "Checked, nothing stored yet" in page.text
        assert "“many” is no number of people" in page.text
        assert not Incident.objects.exists()

        page = press(f"{path}store/")
        assert Import.objects.get().state == ImportState.DONE
        assert Incident.objects.count() == 1
        register = page.client.get("/incidents/").text
        assert "Shabqadar town" in register

        page = page.client.get(Incident.objects.get().get_absolute_url()).text
        assert "UCDP Georeferenced Event Dataset (GED), CC BY 4.0" in page
        assert "Shabqadar area in Charsadda district" in page

    def test_tells_htmx_to_look_again_once_it_is_through(self, press, client):
        path = handed_in(press, ucdp({})).request["PATH_INFO"]
        Import.objects.update(state=ImportState.CHECKING)
        under_way = client.get(path, headers={"HX-Request": "true"})
        Import.objects.update(state=ImportState.CHECKED)
        through = client.get(path, headers={"HX-Request": "true"})

        assert 'hx-trigger="every 2s"' in under_way.text
        assert "HX-Refresh" not in under_way
        assert through["HX-Refresh"] == "true"


class TestAnyOtherTable:
    def test_asks_what_its_columns_and_its_names_mean(self, press):
        page = handed_in(press, TABLE)
        path = page.request["PATH_INFO"]
        assert "What the columns mean" in page.text
        meanings = {"date": "Date", "district": "District", "killed": "Killed", "list_name": "Ours"}

        page = press(f"{path}columns/", **meanings)
        assert page.status_code == 422
        assert 'value="Ours"' in page.text  # what was typed is kept

        page = press(f"{path}columns/", title="What happened", **meanings)
        assert "“Karachi” may mean several areas" in page.text
        assert "Karachi Division" in page.text

        page = press(f"{path}places/", **{"name-0": "PK7-KARACHI"})
        assert "“Karachi” may mean several areas" not in page.text

        press(f"{path}store/")
        assert Incident.objects.get().area.name == "Karachi Division"

    def test_gives_its_refused_rows_as_a_table_that_no_spreadsheet_runs(self, press, client):
        path = handed_in(press, TABLE.replace("Hangu", "=cmd|'/c calc'!A1")).request["PATH_INFO"]
        press(
            f"{path}columns/",
            title="What happened",
            date="Date",
            district="District",
            list_name="x",
        )

        answer = client.get(f"{path}refusals/")
        told = answer.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(told)))

        assert rows[0] == ["Row", "Column", "What it says", "What to do"]
        assert {row[0] for row in rows[1:]} == {"2", "3"}
        assert rows[2][2].startswith("'=cmd")
        event = Event.objects.get(verb="incident.exported")
        assert event.data["form"] == "refusals"


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("", "holds no rows"),
            ("%PDF-1.7", "not a table of text"),
            ("a,b\n", "no rows below it"),
        ],
    )
    def test_with_a_sentence_beside_the_file(self, press, content, words):
        page = handed_in(press, content)

        assert page.status_code == 422
        assert words in page.text
        assert not Import.objects.exists()

    def test_whole_where_it_is_larger_than_is_kept(self, press, settings):
        settings.UPLOAD_MOST_BYTES = 100

        page = handed_in(press, ucdp({}))

        assert page.status_code == 422
        assert "The file is larger than" in page.text
        assert not Import.objects.exists()

    def test_to_those_who_do_not_record(self, client, areas):
        client.force_login(UserFactory.create(commander=True))

        assert client.get("/incidents/imports/").status_code == 403
        assert client.post(ADD).status_code == 403
        assert "Load a file" not in client.get("/incidents/").text

    def test_to_an_outsider_as_if_it_were_not_there(self, press, client):
        path = handed_in(press, ucdp({})).request["PATH_INFO"]
        client.force_login(UserFactory.create())

        for step in ("", "refusals/"):
            assert client.get(path + step).status_code == 404
        for step in ("check/", "store/", "stop/", "resume/", "columns/", "places/"):
            assert client.post(path + step).status_code == 404
        assert Import.objects.get().state == ImportState.RECEIVED
