"""What is added to an incident afterwards, over HTTP."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.choices import TLP
from incidents.models import Incident
from tests.factories import SharingGroupFactory
from tests.incidents.factories import DAY, IncidentFactory, public

pytestmark = pytest.mark.django_db
LIST = "/incidents/"
MARKUP = '<script>alert("x")</script>{{ 7|add:7 }}'


ADDED = {
    "count_add": {"killed_best": "5", "said_by": "police", "group": "victims"},
    "source_add": {"title": "Dawn"},
    "claim_add": {"kind": "DENIAL", "who": "A group"},
    "dispute_add": {"name": "Explosive", "said_1": "6 kg", "said_2": "10 kg"},
    "fact_add": {"topic": "BEFORE", "text": "A blast.", "basis": "REPORTED"},
    "log_add": {"text": "People assemble.", "on_date": "2023-09-29", "precision": "DAY"},
    "question_add": {"text": "Who?"},
    "alert_add": {"reference": "802 of 2023", "received": "YES", "done": "Nothing."},
    "plan_add": {"in_force": "NO"},
    "weapon_add": {"kind": "6", "explosive": "13", "charge_kg": "6.5"},
    "attackers_add": {"fate": "died_attack", "number": "1"},
    "response_add": {
        "step": "ALERT",
        "on_date": "2023-09-29",
        "at_time": "11:40",
        "precision": "MINUTE",
    },
    "fir_add": {"number": "112/2023", "law": "302 PPC"},
    "arrest_add": {"number": "2", "arrested_date": "2023-10-04"},
    "forensic_add": {"what": "DNA samples", "sent_date": "2023-10-01", "source_title": "Dawn"},
}
REFUSED = {
    "count_add": {"killed_best": "5", "group": "victims"},
    "source_add": {"title": ""},
    "claim_add": {"kind": "DENIAL"},
    "dispute_add": {"name": "Explosive", "said_1": "6 kg", "said_2": "6 KG"},
    "fact_add": {"topic": "BEFORE", "text": "", "basis": "REPORTED"},
    "log_add": {"text": "x", "on_date": "2999-01-01", "precision": "DAY"},
    "question_add": {"text": " "},
    "alert_add": {"received": "YES"},
    "plan_add": {"in_force": "PERHAPS"},
    "weapon_add": {"kind": "5", "charge_kg": "6.5"},
    "attackers_add": {"fate": "died_attack", "number": "0"},
    "response_add": {"step": "ALERT", "on_date": "2023-09-29", "precision": "MINUTE"},
    "fir_add": {"number": " "},
    "arrest_add": {"number": "-1"},
    "forensic_add": {"what": "DNA samples", "source_url": "https://lab.example/1"},
}


@pytest.mark.parametrize("name", ADDED)
class TestAdditions:
    def test_are_put_on_the_record(self, client, name):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        address = reverse(f"incidents:{name}", args=[incident.pk])

        assert client.get(address).status_code == 200
        answer = client.post(address, ADDED[name])

        assert answer.status_code == 302
        assert answer["Location"].startswith(incident.get_absolute_url())

    def test_are_refused_beside_the_field(self, client, name):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)

        answer = client.post(reverse(f"incidents:{name}", args=[incident.pk]), REFUSED[name])

        assert answer.status_code == 422
        assert 'id="errors"' in answer.content.decode()

    def test_are_not_for_other_agencies(self, client, outsider, name):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        client.force_login(outsider)

        answer = client.post(reverse(f"incidents:{name}", args=[incident.pk]), ADDED[name])

        assert answer.status_code == 403


class TestDisputePages:
    def test_take_an_account_and_settle(self, client):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        client.post(reverse("incidents:dispute_add", args=[incident.pk]), ADDED["dispute_add"])
        where = [incident.pk, incident.disputes.get().pk]

        client.post(reverse("incidents:account_add", args=where), {"said": "20 kg"})
        client.post(reverse("incidents:dispute_settle", args=where), {"resolution": "Weighed."})

        page = client.get(incident.get_absolute_url()).content.decode()
        for words in ("6 kg", "10 kg", "20 kg", "Weighed.", "Settled"):
            assert words in page

    def test_know_only_disputes_of_their_incident(self, client):
        incident, other = IncidentFactory.create(), IncidentFactory.create()
        client.force_login(incident.recorded_by)
        client.post(reverse("incidents:dispute_add", args=[incident.pk]), ADDED["dispute_add"])
        client.force_login(other.recorded_by)

        where = [other.pk, incident.disputes.get().pk]

        assert client.get(reverse("incidents:dispute_settle", args=where)).status_code == 404


class TestIncidentShare:
    def test_names_a_reader(self, client, outsider):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)

        address = reverse("incidents:incident_share", args=[incident.pk])

        asked = client.post(address, {"agency": outsider.agency_id})
        before = incident.shares.exists()
        answer = client.post(address, {"agency": outsider.agency_id, "confirmed": "1"})

        assert "2 people in 2 agencies." in asked.text
        assert (before, answer.status_code) == (False, 302)
        assert Incident.objects.visible_to(outsider).get() == incident

    def test_offers_no_group_that_the_agency_is_not_in(self, client, outsider):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        address = reverse("incidents:incident_share", args=[incident.pk])
        own = SharingGroupFactory.create(name="Our circle", agencies=[incident.agency])
        other = SharingGroupFactory.create(name="Their circle", agencies=[outsider.agency])

        form = client.get(address).text
        named = client.post(address, {"group": other.pk})

        assert "Our circle" in form
        assert "Their circle" not in form
        assert named.status_code == 422
        assert not incident.shares.exists()
        assert client.post(address, {"group": own.pk, "confirmed": "1"}).status_code == 302

    def test_refuses_two_readers_at_once_and_unknown_people(self, client, outsider):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        address = reverse("incidents:incident_share", args=[incident.pk])

        both = client.post(address, {"agency": outsider.agency_id, "email": outsider.email})
        nobody = client.post(address, {"email": "nobody@agency.example"})

        assert (both.status_code, nobody.status_code) == (422, 422)
        assert not incident.shares.exists()


class TestPublicRecord:
    def test_carries_its_marking_first_and_last(self, client):
        incident = IncidentFactory.create(**public())
        client.force_login(incident.recorded_by)

        page = client.get(incident.get_absolute_url()).content.decode()

        assert page.count('<span class="tlp clear"') == 2
        assert incident.on_date == DAY == date(2023, 9, 29)
