"""The auditor's further pages: the whole life of a record, the seals, and files of what is seen."""

import csv
import io
import json

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event, Seal, Verification
from audit.record import record
from audit.sealing.findings import Finding, Kind
from core.cells import plain_cell
from incidents.models import Fact, Incident
from tests.counting import LOCK
from tests.factories import NOON, AgencyFactory, UserFactory
from tests.lessons.factories import IncidentFactory

REQUEST = "00000000-0000-0000-0000-000000000045"


@pytest.fixture
def agency(db):
    return AgencyFactory.create()


@pytest.fixture
def auditor(agency):
    return UserFactory.create(auditor=True, agency=agency, post="Auditor, first")


@pytest.fixture
def incident(agency):
    """Recorded, then changed by an officer in one request, with a fact that is a part of it."""
    officer = UserFactory.create(agency=agency, post="Desk officer")
    row = IncidentFactory.create(
        agency=agency,
        summary="Two men came by the northern gate before the noon prayer.",
        recorded_by=officer,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aar.person', %s, true)", [str(officer.pk)])
        cursor.execute("SELECT set_config('aar.request', %s, true)", [REQUEST])
    Incident.objects.filter(pk=row.pk).update(
        title="Renamed", summary="Two men came by the southern gate before the noon prayer."
    )
    Fact.objects.create(incident=row, topic="BEFORE", text="A call came at ten.")
    record(Verb.INCIDENT_CHANGED, by=officer, target=row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aar.person', '', true)")
        cursor.execute("SELECT set_config('aar.request', '', true)")
    return row


def life(incident):
    return f"/audit/of/incidents.incident/{incident.pk}/"


def seen(client, user, address):
    client.force_login(user)
    return client.get(address)


class TestLife:
    def test_tells_deeds_and_changes_word_by_word(self, client, auditor, incident):
        page = seen(client, auditor, life(incident))

        verbs = [each.deed.event.verb for each in page.context["life"].moments]
        assert verbs == ["incident.changed", "row.added", "row.changed", "row.added"]
        assert '<del dir="auto">northern </del>' in page.text
        assert '<ins dir="auto">southern </ins>' in page.text
        assert "A call came at ten." in page.text
        assert "Desk officer" in page.text

    def test_of_what_may_not_be_read_names_columns_only(self, client, auditor, incident):
        Incident.objects.filter(pk=incident.pk).update(tlp=TLP.RED)

        page = seen(client, auditor, life(incident))

        assert page.status_code == 200
        assert "title" in page.text
        for secret in ("Renamed", "northern", "southern", "A call came at ten."):
            assert secret not in page.text

    def test_outside_the_remit_is_not_there(self, client, incident, outsider):
        other = UserFactory.create(auditor=True)

        assert seen(client, other, life(incident)).status_code == 404
        assert seen(client, outsider, life(incident)).status_code == 404

    @pytest.mark.parametrize(
        "address",
        [
            "/audit/of/incidents.incident/0/",
            "/audit/of/no.thing/1/",
            "/audit/of/nothing/1/",
            "/audit/of/incidents.incident/99999999999999999999/",
            "/audit/of/incidents.incident/1/?cursor=nonsense",
        ],
    )
    def test_of_nothing_is_not_there(self, client, auditor, incident, address):
        assert seen(client, auditor, address).status_code == 404

    def test_asks_the_same_number_of_queries_for_many(
        self, client, auditor, incident, django_assert_max_num_queries
    ):
        Fact.objects.bulk_create(
            Fact(incident=incident, topic="BEFORE", text=f"Fact {n}", position=n) for n in range(30)
        )
        client.force_login(auditor)

        with django_assert_max_num_queries(8 + LOCK):
            client.get(life(incident))


class TestFilters:
    def found(self, client, user, query):
        return [deed.event.verb for deed in seen(client, user, f"/audit/{query}").context["deeds"]]

    def test_hide_changes_of_rows_until_they_are_asked_for(self, client, auditor, incident):
        assert self.found(client, auditor, "") == ["incident.changed"]
        assert "row.changed" in self.found(client, auditor, "?rows=yes")
        assert self.found(client, auditor, "?verb=row.changed") == ["row.changed"]

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("post=desk", 3),
            ("post=nobody", 0),
            (f"request={REQUEST}", 3),
            ("request=00000000-0000-0000-0000-000000000046", 0),
            ("since=2999-01-01", 9),
            ("since=2199-01-01", 0),
            ("until=1999-01-01", 0),
            ("agency=0", 9),
            ("agency=987654", 0),
            ("since=nonsense&until=nonsense&agency=nonsense&request=nonsense", 9),
        ],
    )
    def test_narrow(self, client, auditor, incident, query, count):
        whole = len(self.found(client, auditor, "?rows=yes"))
        found = len(self.found(client, auditor, f"?rows=yes&{query}"))

        assert found == (whole if count == 9 else count)

    def test_by_agency_are_of_who_did_it_or_whose_it_is(self, client, auditor, agency, incident):
        assert self.found(client, auditor, f"?agency={agency.pk}") == ["incident.changed"]


class TestFiles:
    def test_hold_what_is_seen_as_a_table(self, client, auditor, incident):
        answer = seen(client, auditor, "/audit/export.csv?rows=yes&record=INC")

        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert "no-store" in answer["cache-control"]
        assert {row["verb"] for row in rows} >= {"row.added", "row.changed", "incident.changed"}
        changed = next(row for row in rows if row["verb"] == "row.changed")
        assert set(changed["columns"].split()) == {"title", "summary"}
        assert changed["actor"] == "Desk officer"
        assert "northern" not in answer.getvalue().decode()

    def test_hold_content_as_lines_only_for_who_may_read_the_record(
        self, client, auditor, agency, incident
    ):
        hidden = IncidentFactory.create(agency=agency, tlp=TLP.RED, title="Named readers only")

        answer = seen(client, auditor, "/audit/export.jsonl?rows=yes")

        rows = [json.loads(line) for line in answer.getvalue().splitlines()]
        of_hidden = next(row for row in rows if row["target_ref"] == hidden.reference)
        assert any("southern" in str(row.get("data")) for row in rows)
        assert "data" not in of_hidden
        assert "title" in of_hidden["columns"]
        assert b"Named readers only" not in answer.getvalue()

    def test_run_no_formula(self, client, auditor, agency):
        with transaction.atomic():
            person = UserFactory.create(agency=agency, post="=HYPERLINK(1)")
            record(Verb.USER_SIGNED_IN, by=person, target=person)

        answer = seen(client, auditor, "/audit/export.csv")

        row = next(iter(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))))
        assert row["actor"] == "'=HYPERLINK(1)"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_take_every_beginning_of_a_formula_for_text(self, start):
        assert plain_cell(f"{start}1") == f"'{start}1"
        assert plain_cell(None) == ""

    def test_are_deeds_themselves(self, client, auditor, incident):
        seen(client, auditor, "/audit/export.csv?verb=incident.changed")

        event = Event.objects.get(verb=Verb.AUDIT_EXPORTED)
        assert event.actor_id == auditor.pk
        assert event.data == {"form": "csv", "asked": "?verb=incident.changed"}

    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    def test_are_not_there_for_others(self, client, incident, outsider, form):
        assert seen(client, outsider, f"/audit/export.{form}").status_code == 404

    def test_hold_no_deed_outside_the_remit(self, client, incident):
        other = UserFactory.create(auditor=True)

        answer = seen(client, other, "/audit/export.jsonl?rows=yes")

        assert incident.reference.encode() not in answer.getvalue()


def made_seal(number=12):
    return Seal.objects.create(
        number=number,
        sealed_at=NOON,
        size=7654,
        root=bytes.fromhex("3f2a91bc77de0a41") + bytes(24),
        frontier=b"",
        horizon=1,
        previous=bytes(32),
        key_id="00112233aabbccdd",
        signature=bytes(64),
    )


class TestSeals:
    def test_are_listed_as_paper_prints_them(self, client, auditor):
        made_seal()

        page = seen(client, auditor, "/audit/seals/")

        assert "12 · 3f2a 91bc 77de 0a41" in page.text
        assert "has not been verified yet" in page.text

    def test_tell_how_many_events_only_to_who_may_count_them(self, client, auditor):
        made_seal()
        body = UserFactory.create(auditor=True, agency=AgencyFactory.create(kind="oversight"))

        assert "7654" not in seen(client, auditor, "/audit/seals/").text
        assert "7654" in seen(client, body, "/audit/seals/").text

    def test_stand_beside_what_the_last_run_found(self, client, auditor):
        body = UserFactory.create(auditor=True, agency=AgencyFactory.create(kind="oversight"))
        run = {"ran_at": timezone.now(), "first_seal": 1, "last_seal": 12, "events": 7654}
        Verification.objects.create(**run, found=0)
        sound = seen(client, auditor, "/audit/seals/").text
        finding = Finding(Kind.ALTERED, 3, 77, 5)
        Verification.objects.create(**run, found=1, findings=[finding.plain()])

        assert "found sound" in sound
        assert "Event 77 was altered after seal 3." in seen(client, body, "/audit/seals/").text
        assert "Event 77" not in seen(client, auditor, "/audit/seals/").text

    def test_are_not_there_for_others(self, client, outsider):
        assert seen(client, outsider, "/audit/seals/").status_code == 404
