import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from incidents import actions
from incidents.actions.shares import MarkingForbidsShare
from incidents.models import Incident
from tests.factories import NOON, AgencyFactory, SharingGroupFactory, UserFactory
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db


def share(incident, recipient, by=None):
    return actions.share_incident(
        incident_id=incident.pk, recipient=recipient, by=by or incident.recorded_by, at=NOON
    )


def sees(person, incident):
    return Incident.objects.visible_to(person).filter(pk=incident.pk).exists()


class TestShareIncident:
    def test_lets_an_agency_read_it(self, outsider):
        incident = IncidentFactory.create()

        share(incident, outsider.agency)
        share(incident, outsider.agency)

        assert sees(outsider, incident)
        event = Event.objects.get(verb=Verb.INCIDENT_SHARED)
        assert event.data == {"to": outsider.agency.name}

    def test_lets_a_group_read_it(self, outsider):
        incident = IncidentFactory.create()

        share(incident, SharingGroupFactory.create(agencies=[incident.agency, outsider.agency]))

        assert sees(outsider, incident)

    def test_knows_no_group_that_the_agency_is_not_in(self, outsider):
        incident = IncidentFactory.create()

        with pytest.raises(PermissionDenied):
            share(incident, SharingGroupFactory.create(agencies=[outsider.agency]))

        assert not incident.shares.exists()

    def test_names_no_further_reader_of_a_red_record_alone(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.RED)

        with pytest.raises(MarkingForbidsShare, match="takes two people"):
            share(incident, outsider)

        assert not sees(outsider, incident)

    def test_refuses_to_pass_on_what_stays_inside(self):
        incident = IncidentFactory.create(tlp=TLP.AMBER_STRICT)

        with pytest.raises(MarkingForbidsShare, match="owner agency"):
            share(incident, AgencyFactory.create())

    def test_refuses_a_whole_agency_for_a_red_record(self):
        incident = IncidentFactory.create(tlp=TLP.RED)

        with pytest.raises(MarkingForbidsShare, match="named people"):
            share(incident, AgencyFactory.create())

    def test_is_for_those_who_release_and_whoever_recorded_it(self):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        colleague = UserFactory.create(agency=incident.agency)

        for person in (colleague, UserFactory.create(commander=True)):
            with pytest.raises(PermissionDenied):
                share(incident, AgencyFactory.create(), by=person)
        share(
            incident,
            AgencyFactory.create(),
            by=UserFactory.create(release_officer=True, agency=incident.agency),
        )

        assert incident.shares.count() == 1

    def test_is_invisible_to_an_outsider(self, outsider):
        with pytest.raises(Incident.DoesNotExist):
            share(IncidentFactory.create(), AgencyFactory.create(), by=outsider)
