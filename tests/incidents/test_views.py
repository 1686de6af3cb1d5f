"""The page of an incident, and changing it, over HTTP."""

import pytest
from django.urls import reverse

from agencies.choices import TLP
from incidents.actions import add_casualty_report, add_particular
from incidents.details import SourceDetails
from incidents.models import Fir, Incident
from tests.factories import NOON, DistrictFactory
from tests.incidents.factories import (
    IncidentFactory,
    details_of_each_section,
    report,
    typed,
)
from tests.incidents.test_actions_facts import ADDITIONS

pytestmark = pytest.mark.django_db
LIST = "/incidents/"
MARKUP = '<script>alert("x")</script>{{ 7|add:7 }}'


class TestIncidentDetail:
    def test_answers_alike_for_what_is_unseen_and_what_is_not_there(self, client, outsider):
        unseen = IncidentFactory.create(title="Hidden words")
        client.force_login(outsider)

        hidden = client.get(unseen.get_absolute_url())
        nothing = client.get(f"{LIST}999999999/")

        assert hidden.status_code == nothing.status_code == 404
        assert b"Hidden words" not in hidden.content

    @pytest.mark.parametrize(
        "name",
        [
            "incident_detail",
            "incident_change",
            "incident_share",
            "count_add",
            "source_add",
            "claim_add",
            "dispute_add",
            "fact_add",
            "log_add",
            "question_add",
            "alert_add",
            "plan_add",
            "weapon_add",
            "attackers_add",
            "response_add",
            "fir_add",
            "arrest_add",
            "forensic_add",
        ],
    )
    def test_hides_every_page_of_an_unseen_incident(self, client, outsider, name):
        unseen = IncidentFactory.create()
        client.force_login(outsider)

        for address in (reverse(f"incidents:{name}", args=[pk]) for pk in (unseen.pk, 10**30)):
            assert client.get(address).status_code == 404

    def test_shows_markup_as_text(self, client):
        incident = IncidentFactory.create(
            title=MARKUP, hazards=MARKUP, counts=report(killed=3, said_by=MARKUP, note=MARKUP)
        )
        client.force_login(incident.recorded_by)

        page = client.get(incident.get_absolute_url()).content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert "{{ 7|add:7 }}" in page

    def test_draws_the_series_and_prints_the_same_numbers(self, client):
        incident = IncidentFactory.create(counts=report(killed=15, injured={"low": 20}))
        client.force_login(incident.recorded_by)

        once = client.get(incident.get_absolute_url()).content.decode()
        add_casualty_report(
            incident_id=incident.pk, report=report(killed=34), by=incident.recorded_by, at=NOON
        )
        page = client.get(incident.get_absolute_url()).content.decode()

        assert "15 killed, as District Health Officer said." in once
        assert '<svg class="chart mid"' not in once
        assert '<svg class="chart mid"' in page
        assert "20+" in page
        latest = "(latest \u206834\u2069, \u2068District Health Officer\u2069, 29 Sep 2023)"
        assert f'<b><bdi dir="ltr">15–34</bdi></b> {latest}' in page
        assert "time not known" in page

    def test_shows_readers_and_deeds_to_the_owner_agency_only(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)

        client.force_login(incident.recorded_by)
        own = client.get(incident.get_absolute_url()).content.decode()
        client.force_login(outsider)
        other = client.get(incident.get_absolute_url()).content.decode()

        assert "recorded an incident" in own
        assert "recorded an incident" not in other

    def test_takes_the_same_number_of_queries_however_much_hangs_on_it(
        self, client, django_assert_num_queries, django_assert_max_num_queries
    ):
        incident = IncidentFactory.create(counts=report(killed=1))
        client.force_login(incident.recorded_by)
        who = {"incident_id": incident.pk, "by": incident.recorded_by}
        add_particular(said=Fir(number="1"), at=NOON, **who)
        client.get(incident.get_absolute_url())
        with django_assert_max_num_queries(40) as before:
            client.get(incident.get_absolute_url())
        for add in ADDITIONS.values():
            add(at=incident.recorded_at, **who)
        for said in details_of_each_section():
            add_particular(said=said, at=NOON, source=SourceDetails(title="Dawn"), **who)

        with django_assert_num_queries(len(before)):
            client.get(incident.get_absolute_url())


class TestIncidentChange:
    def form(self, incident, **said):
        known = {"delivery": "UNK", "place_precision": "DISTRICT"}
        plain = typed(district=incident.district, title=incident.title, **known)
        del plain["key"]
        return plain | {"lock_version": incident.lock_version} | said

    def address(self, incident):
        return reverse("incidents:incident_change", args=[incident.pk])

    def test_saves_the_record(self, client):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)

        answer = client.post(self.address(incident), self.form(incident, summary="More is known."))

        incident.refresh_from_db()
        assert answer.status_code == 302
        assert incident.summary == "More is known."

    def test_offers_the_record_as_it_stands(self, client):
        incident = IncidentFactory.create(hazards="Second device")
        client.force_login(incident.recorded_by)

        page = client.get(self.address(incident)).content.decode()

        assert 'value="Second device"' in page
        assert 'value="2023-09-29"' in page

    def test_shows_both_versions_of_a_stale_edit_and_loses_neither(self, client):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        mine = self.form(incident, title="My title", hazards="My hazard", caveats=["ORCON"])
        client.post(self.address(incident), self.form(incident, title="Their title"))

        answer = client.post(self.address(incident), mine)

        page = answer.content.decode()
        incident.refresh_from_db()
        assert answer.status_code == 409
        assert incident.title == "Their title"
        for words in ("Their title", "My title", "My hazard", "Originator controlled"):
            assert words in page

    def test_saves_what_was_chosen_between_two_versions(self, client):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)
        client.post(self.address(incident), self.form(incident, title="Their title"))

        answer = client.post(
            self.address(incident),
            {
                "lock_version": 2,
                "keep_title": "theirs",
                "yours_title": "My title",
                "keep_hazards": "yours",
                "yours_hazards": "My hazard",
                "keep_caveats": "yours",
                "yours_caveats": "ORCON,LIMDIS",
            },
        )

        incident.refresh_from_db()
        assert answer.status_code == 302
        assert (incident.title, incident.hazards) == ("Their title", "My hazard")
        assert incident.caveats == ["ORCON", "LIMDIS"]

    def test_carries_the_province_with_a_district_that_was_chosen(self, client):
        incident = IncidentFactory.create()
        other = DistrictFactory.create()
        client.force_login(incident.recorded_by)

        client.post(
            self.address(incident),
            {"lock_version": 1, "keep_district": "yours", "yours_district": other.pk},
        )

        incident.refresh_from_db()
        assert incident.district == other

    def test_asks_how_exactly_a_point_is_known_when_it_is_moved(self, client):
        incident = IncidentFactory.create()
        # As a data set gives it: the middle of the district.
        Incident.objects.filter(pk=incident.pk).update(latitude=29.8, longitude=66.8)
        client.force_login(incident.recorded_by)
        kept = self.form(incident, latitude="29.8", longitude="66.8", hazards="Gas")
        moved = self.form(incident, latitude="29.9", longitude="66.8", lock_version="2")

        assert client.post(self.address(incident), kept).status_code == 302
        vague = client.post(self.address(incident), moved)
        exact = client.post(self.address(incident), moved | {"place_precision": "NEAR"})

        incident.refresh_from_db()
        assert vague.status_code == 422
        assert "You gave a point" in vague.text
        assert exact.status_code == 302
        assert (incident.latitude, incident.place_precision) == (29.9, "NEAR")

    def test_is_refused_to_readers_of_other_agencies(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        client.force_login(outsider)

        assert client.get(self.address(incident)).status_code == 403

    def test_refuses_what_breaks_a_rule(self, client):
        incident = IncidentFactory.create()
        client.force_login(incident.recorded_by)

        answer = client.post(self.address(incident), self.form(incident, on_date="2999-01-01"))

        assert answer.status_code == 422
        assert "in the future" in answer.content.decode()
