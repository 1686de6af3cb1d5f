import pytest

from incidents import actions
from incidents.choices import ClaimKind
from incidents.details import Account
from tests.counting import LOCK
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory, details_of_each_section, report

pytestmark = pytest.mark.django_db
API = "/api/incidents/"


class TestIncidentApi:
    def test_gives_the_series_the_claims_and_the_disputes(self, client):
        incident = IncidentFactory.create(counts=report(killed={"low": 50}, injured=58))
        who = {"incident_id": incident.pk, "by": incident.recorded_by, "at": NOON}
        actions.add_claim(kind=ClaimKind.DENIAL, who="A group", **who)
        actions.dispute_fact(
            name="Explosive", accounts=[Account(said="6 kg"), Account(said="10 kg")], **who
        )
        client.force_login(incident.recorded_by)

        said = client.get(f"{API}{incident.pk}/").json()

        assert said["reference"] == incident.reference
        assert [(c["state"], c["low"], c["best"]) for c in said["casualty_counts"]] == [
            ("killed", 50, None),
            ("injured", None, 58),
        ]
        assert said["claims"][0]["kind"] == "DENIAL"
        assert [a["said"] for a in said["disputes"][0]["accounts"]] == ["6 kg", "10 kg"]

    def test_gives_the_details_that_stand_each_with_the_columns_of_its_section(self, client):
        incident = IncidentFactory.create()
        who = {"incident_id": incident.pk, "by": incident.recorded_by, "at": NOON}
        for said in details_of_each_section():
            row = actions.add_particular(said=said, **who)
        actions.withdraw_particular(particular_id=row.pk, reason="Of another case.", **who)
        client.force_login(incident.recorded_by)

        details = client.get(f"{API}{incident.pk}/").json()["details"]

        said = {each["section"]: each["says"] for each in details}
        assert said["FIR"]["law"] == "302 PPC; 7 ATA"
        assert said["WEAPON"]["charge_kg"] == 6.5
        assert said["RESPONSE"]["at_time"] == "11:40:00"
        assert "FORENSIC" not in said

    def test_lists_only_what_the_caller_may_read(self, client, outsider):
        incident = IncidentFactory.create()

        client.force_login(incident.recorded_by)
        own = client.get(API).json()
        client.force_login(outsider)
        other = client.get(API).json()

        assert [each["id"] for each in own["results"]] == [incident.pk]
        assert other == {"newer": "", "older": "", "results": []}

    def test_answers_404_for_what_is_unseen_and_what_is_not_there(self, client, outsider):
        incident = IncidentFactory.create()
        client.force_login(outsider)

        answers = [client.get(f"{API}{pk}/") for pk in (incident.pk, 10**30)]

        assert [answer.status_code for answer in answers] == [404, 404]

    def test_is_read_only(self, client):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)

        assert client.post(API, {}).status_code == 405
        assert client.delete(f"{API}{incident.pk}/").status_code == 405

    def test_needs_a_person(self, client):
        assert client.get(API).status_code in {401, 403}

    def test_takes_the_same_number_of_queries_however_long_the_list(
        self, client, django_assert_num_queries, django_assert_max_num_queries
    ):
        by = UserFactory.create()
        IncidentFactory.create(by=by, counts=report(killed=1))
        client.force_login(by)
        with django_assert_max_num_queries(20 + LOCK) as few:
            client.get(API)
        for _ in range(5):
            IncidentFactory.create(by=by, counts=report(killed=1))

        with django_assert_num_queries(len(few)):
            client.get(API)
