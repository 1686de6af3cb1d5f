"""Details on the page of an incident, corrected and withdrawn over HTTP."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import TLP
from incidents.actions import add_particular
from incidents.details import SourceDetails
from incidents.models import (
    Attackers,
    Fir,
    ForensicExamination,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
)
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, details_of_each_section

pytestmark = pytest.mark.django_db
MARKUP = '<script>alert("x")</script>'


def add(incident, *said):
    rows = [
        add_particular(
            incident_id=incident.pk,
            said=each,
            source=SourceDetails(title="Dawn", reliability="B", credibility="2"),
            by=incident.recorded_by,
            at=NOON,
        )
        for each in said
    ]
    return rows[-1]


def seen(client, incident, by=None):
    client.force_login(by or incident.recorded_by)
    return client.get(incident.get_absolute_url()).text


def minute(step, clock, *, day=DAY, precision="MINUTE"):
    return ResponseTime(step=step, on_date=day, at_time=clock, precision=precision)


class TestThePageOfAnIncident:
    def test_shows_no_section_that_holds_nothing(self, client):
        page = seen(client, IncidentFactory.create())

        for title in ("Prior alerts", "Response times", "Corrected or withdrawn"):
            assert title not in page

    def test_shows_each_section_with_what_it_rests_on(self, client):
        incident = IncidentFactory.create()
        add(incident, *details_of_each_section())

        page = seen(client, incident)

        for words in (
            *("Prior alerts", "802 of 2023", "What was done with it is not recorded."),
            *("No plan was in force", "Carried on the attacker’s body", "6.5", "By its bearer"),
            *("Died in the attack", "112/2023", "302 PPC; 7 ATA", "2 arrested", "DNA samples"),
        ):
            assert words in page
        assert page.count('<a href="/incidents/') > 8

    def test_offers_each_section_to_those_who_may_change(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        row = add(incident, Fir(number="112/2023"))
        own = [
            reverse(f"incidents:{name}", args=args)
            for name, args in (
                ("alert_add", [incident.pk]),
                ("forensic_add", [incident.pk]),
                ("particular_correct", [incident.pk, row.pk]),
                ("particular_withdraw", [incident.pk, row.pk]),
            )
        ]

        page, others = seen(client, incident), seen(client, incident, by=outsider)

        assert all(address in page for address in own)
        assert "112/2023" in others
        assert not any(address in others for address in own)

    def test_works_out_how_long_it_took_only_where_both_times_are_exact(self, client):
        incident = IncidentFactory.create()
        add(
            incident,
            minute("ALERT", time(23, 50)),
            minute("FIRST_UNIT", time(0, 2), day=date(2023, 9, 30)),
            minute("AMBULANCE", time(1, 0), day=date(2023, 9, 30)),
            minute("BOMB_DISPOSAL", time(0, 30), day=date(2023, 9, 30), precision="ABOUT"),
            minute("HOSPITAL", time(23, 45)),
        )

        page = seen(client, incident)

        assert "12 minutes after the alert" in page
        assert "1 h 10 min after the alert" in page
        assert "5 minutes before the alert" in page
        assert page.count("the alert</bdi>") == 3

    def test_works_out_nothing_without_an_exact_alert(self, client):
        incident = IncidentFactory.create()
        add(
            incident,
            minute("ALERT", time(11, 40), precision="ABOUT"),
            minute("FIRST_UNIT", time(11, 52)),
        )

        assert "the alert</bdi>" not in seen(client, incident)

    def test_adds_up_attackers_only_where_each_number_is_known(self, client):
        incident = IncidentFactory.create()
        add(
            incident,
            Attackers(fate="died_attack", number=1),
            Attackers(fate="at_large", number=3),
        )
        known = seen(client, incident)
        add(incident, Attackers(fate="arrested"))

        assert "4 in all." in known
        assert "in all." not in seen(client, incident)

    def test_says_how_late_a_report_is(self, client):
        incident = IncidentFactory.create()
        late = timezone.localdate() - timedelta(days=3)
        add(
            incident,
            ForensicExamination(what="DNA samples", due_date=late),
            ForensicExamination(what="Fragments", due_date=late, received_date=DAY),
        )

        page = seen(client, incident)

        assert page.count("3 days late") == 1

    def test_shows_markup_as_text(self, client):
        incident = IncidentFactory.create()
        add(incident, Fir(number="1", law=MARKUP, note=MARKUP))

        page = seen(client, incident)

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_shows_earlier_lines_to_the_owner_agency_only(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        row = add(incident, Fir(number="112/2023"))
        client.force_login(incident.recorded_by)
        address = reverse("incidents:particular_withdraw", args=[incident.pk, row.pk])
        client.post(address, {"reason": "Of another case."})

        page, others = seen(client, incident), seen(client, incident, by=outsider)

        assert "112/2023" in page
        assert "Of another case." in page
        assert "112/2023" not in others


class TestCorrectingALine:
    def test_starts_from_the_line_as_it_stands(self, client):
        incident = IncidentFactory.create()
        row = add(incident, minute("ALERT", time(11, 40)))
        client.force_login(incident.recorded_by)
        address = reverse("incidents:particular_correct", args=[incident.pk, row.pk])

        form = client.get(address)
        answer = client.post(
            address,
            {
                "step": "ALERT",
                "on_date": "2023-09-29",
                "at_time": "11:42",
                "precision": "MINUTE",
                "known_source": row.source_id,
            },
        )

        assert 'value="11:40"' in form.text
        assert answer["Location"] == f"{incident.get_absolute_url()}#response"
        new = incident.particulars.standing().get().own
        assert (new.at_time, new.source) == (time(11, 42), row.source)

    def test_keeps_what_was_typed_when_it_is_refused(self, client):
        incident = IncidentFactory.create()
        row = add(incident, Fir(number="112/2023"))
        client.force_login(incident.recorded_by)
        address = reverse("incidents:particular_correct", args=[incident.pk, row.pk])

        answer = client.post(address, {"number": "113/2023", "registered_date": "2999-01-01"})

        assert answer.status_code == 422
        assert 'value="113/2023"' in answer.text
        assert "in the future" in answer.text

    def test_tells_who_came_second_that_somebody_was_first(self, client):
        incident = IncidentFactory.create()
        row = add(incident, Fir(number="112/2023"))
        client.force_login(incident.recorded_by)
        address = reverse("incidents:particular_correct", args=[incident.pk, row.pk])
        client.post(address, {"number": "113/2023"})

        answer = client.post(address, {"number": "114/2023"})

        assert answer.status_code == 422
        assert "meanwhile" in answer.text


@pytest.mark.parametrize("name", ["particular_correct", "particular_withdraw"])
class TestBothPages:
    def test_are_hidden_with_their_incident(self, client, outsider, name):
        incident, other = IncidentFactory.create(), IncidentFactory.create()
        row = add(incident, SecurityPlan())

        for person, where in ((outsider, incident), (other.recorded_by, other)):
            client.force_login(person)
            address = reverse(f"incidents:{name}", args=[where.pk, row.pk])
            assert client.get(address).status_code == 404

    def test_are_refused_to_readers(self, client, outsider, name):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        address = reverse(f"incidents:{name}", args=[incident.pk, add(incident, SecurityPlan()).pk])

        for person in (outsider, UserFactory.create(commander=True, agency=incident.agency)):
            client.force_login(person)
            assert client.post(address, {"in_force": "YES", "reason": "x"}).status_code == 403

        assert incident.particulars.standing().count() == 1

    def test_answer_where_the_line_is_shown(self, client, name):
        incident = IncidentFactory.create()
        row = add(incident, PriorAlert(reference="802 of 2023"))
        client.force_login(incident.recorded_by)

        assert (
            "802 of 2023"
            in client.get(reverse(f"incidents:{name}", args=[incident.pk, row.pk])).text
        )
