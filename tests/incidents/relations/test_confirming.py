"""A person confirms it; whoever may not read both learns of neither."""

import pytest

from agencies.choices import TLP
from agencies.lock import acting
from audit.models import Event
from incidents import actions
from incidents.actions.relations import RelationRefused, SaidAlready
from incidents.models import Incident, Relation
from tests.bulletins.factories import IncidentFactory
from tests.factories import NOON
from tests.incidents.relations.relating import WHY, beside, page_of, refuse, relate, suggested

pytestmark = pytest.mark.django_db


class TestConfirming:
    def test_shows_it_on_both_pages_with_who_said_so(self, client, incident):
        other = beside(incident, title="Blast at the market")
        relate(incident, other, note=WHY)

        here = page_of(client, incident.recorded_by, incident)
        there = page_of(client, incident.recorded_by, other)

        for page, named in ((here, other), (there, incident)):
            assert "Same series of attacks" in page
            assert named.title in page
            assert WHY in page
            assert incident.recorded_by.post in page

    def test_is_suggested_no_more(self, incident):
        other = beside(incident, district=incident.district)
        assert other in suggested(incident)

        relate(incident, other)

        assert suggested(incident) == {}
        assert suggested(other) == {}

    def test_twice_is_once_from_either_side(self, incident):
        other = beside(incident)

        first = relate(incident, other)
        again = relate(other, incident)

        assert first == again
        assert Event.objects.filter(verb="relation.confirmed").count() == 1

    def test_in_other_words_waits_until_it_is_taken_back(self, incident):
        other = beside(incident)
        relate(incident, other)

        with pytest.raises(SaidAlready, match="Take that back first"):
            relate(incident, other, kind="PLACE")
        with pytest.raises(SaidAlready, match="are related"):
            refuse(incident, other)

    def test_otherwise_needs_a_note(self, incident):
        with pytest.raises(RelationRefused, match="note"):
            relate(incident, beside(incident), kind="OTHER")

    def test_takes_neither_itself_nor_what_is_withdrawn_nor_another_kind(self, incident):
        gone = beside(incident)
        actions.withdraw_incident(incident_id=gone.pk, reason=WHY, by=incident.recorded_by, at=NOON)

        with pytest.raises(RelationRefused, match="another incident"):
            relate(incident, incident)
        with pytest.raises(RelationRefused, match="how"):
            relate(incident, beside(incident), kind="FATE")
        with pytest.raises(Incident.DoesNotExist):
            relate(incident, gone)

    def test_is_each_agencys_own_word(self, client, incident):
        theirs = IncidentFactory.create(tlp=TLP.GREEN)
        refuse(incident, theirs)

        relate(theirs, incident)

        assert "Same series of attacks" in page_of(client, incident.recorded_by, incident)
        assert Relation.objects.standing().count() == 2


class TestNoTrace:
    """The other incident is closed to a reader of this one."""

    @pytest.fixture
    def closed(self, incident):
        closed = beside(incident, title="Zamburak", tlp=TLP.AMBER_STRICT)
        relate(incident, closed, note="Said in Zamburak.")
        return closed

    def test_stands_on_the_page(self, client, incident, closed, outsider):
        own = page_of(client, incident.recorded_by, incident)
        other = page_of(client, outsider, incident)

        assert "Zamburak" in own
        assert "Zamburak" not in other
        assert closed.reference not in other
        assert 'id="related"' not in other

    def test_stands_in_the_deeds_of_either_incident(self, incident, closed):
        about = Event.everything.filter(target_type="incidents.incident")
        told = [event for event in about if "relat" in f"{event.verb} {event.data}"]

        assert told == []
        assert not Event.everything.filter(
            whole_type="incidents.incident", target_type="incidents.relation"
        ).exists()

    def test_is_left_by_the_database(self, incident, closed, outsider):
        with acting(outsider):
            assert list(Incident.objects.all()) == [incident]
            assert not Relation.objects.exists()

    def test_is_in_the_marking_of_the_page_of_who_sees_it(self, client, incident, closed):
        client.force_login(incident.recorded_by)

        marking = client.get(incident.get_absolute_url()).context["marking"]

        assert marking.tlp == TLP.AMBER_STRICT

    def test_is_in_the_record_of_deeds_for_whoever_answers_for_the_agency(self, incident, closed):
        event = Event.objects.get(verb="relation.confirmed")

        assert (event.target_type, event.target_agency_id) == (
            "incidents.relation",
            incident.agency_id,
        )
        assert closed.reference not in f"{event.target_ref} {event.data}"
