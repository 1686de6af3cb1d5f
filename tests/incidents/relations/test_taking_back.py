"""It is refused and taken back with a reason, and the database holds to it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from agencies.choices import TLP
from agencies.lock import acting
from audit.models import Event
from incidents.actions.relations import RelationRefused
from incidents.models import Relation
from tests.bulletins.factories import IncidentFactory
from tests.factories import NOON
from tests.incidents.relations.relating import (
    WHY,
    beside,
    page_of,
    refuse,
    relate,
    suggested,
    take_back,
)

pytestmark = pytest.mark.django_db


class TestRefusing:
    def test_ends_the_suggestion_and_keeps_the_reason(self, client, incident):
        other = beside(incident, district=incident.district)
        refuse(incident, other)

        assert suggested(incident) == {}
        page = page_of(client, incident.recorded_by, incident)
        assert "Not related" in page
        assert WHY in page
        assert Event.objects.filter(verb="relation.refused").exists()

    def test_needs_a_reason(self, incident):
        with pytest.raises(RelationRefused, match="why"):
            refuse(incident, beside(incident), reason=" ")

    def test_is_for_ones_own_agency_alone(self, client, incident, outsider):
        other = beside(incident, district=incident.district)
        refuse(incident, other)

        assert WHY not in page_of(client, outsider, incident)
        assert other in suggested(incident, by=outsider)


class TestTakingBack:
    def test_keeps_what_was_said_and_suggests_it_again(self, client, incident):
        other = beside(incident, district=incident.district)
        relation = relate(incident, other, note="Said too soon.")

        take_back(relation, reason="The device was another.")

        page = page_of(client, incident.recorded_by, incident)
        assert "Taken back:" in page
        assert "Said too soon." in page
        assert "The device was another." in page
        assert other in suggested(incident)
        assert Event.objects.filter(verb="relation.taken_back").count() == 1

    def test_makes_room_for_another_word(self, incident):
        other = beside(incident)
        take_back(relate(incident, other))

        refuse(incident, other)

        assert Relation.objects.count() == 2

    def test_twice_is_once_and_needs_a_reason(self, incident):
        relation = relate(incident, beside(incident))

        with pytest.raises(RelationRefused, match="why"):
            take_back(relation, reason=" ")
        take_back(relation)
        take_back(relation, reason="Again.")

        relation.refresh_from_db()
        assert relation.taken_back_because == WHY

    def test_is_the_affair_of_the_agency_that_said_it(self, incident):
        theirs = IncidentFactory.create(tlp=TLP.GREEN)
        relation = relate(incident, theirs)

        with pytest.raises(PermissionDenied):
            take_back(relation, by=theirs.recorded_by)


class TestTheDatabase:
    def test_keeps_each_word_as_it_was_said(self, incident):
        relation = relate(incident, beside(incident))

        for change in ({"kind": "PLACE"}, {"note": "x"}, {"word": "REFUSED"}):
            with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
                Relation.objects.update(**change)
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            relation.delete()
        take_back(relation)
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Relation.objects.update(taken_back_at=None, taken_back_by=None, taken_back_because="")

    @pytest.mark.parametrize(
        "said",
        [
            {"word": "REFUSED", "kind": "", "note": ""},
            {"word": "REFUSED", "kind": "PLACE", "note": "x"},
            {"word": "CONFIRMED", "kind": "", "note": "x"},
            {"word": "CONFIRMED", "kind": "OTHER", "note": ""},
        ],
    )
    def test_takes_no_word_without_its_reason(self, incident, said):
        with pytest.raises(IntegrityError, match="says_how"):
            Relation.objects.create(
                first=incident,
                second=beside(incident),
                agency=incident.agency,
                said_at=NOON,
                said_by=incident.recorded_by,
                **said,
            )

    def test_takes_no_word_on_what_the_speaker_may_not_see(self, incident):
        closed = IncidentFactory.create(tlp=TLP.AMBER_STRICT)
        foreign = [IncidentFactory.create(tlp=TLP.GREEN) for _ in range(2)]
        by = incident.recorded_by

        for pair in ((incident, closed), foreign):
            with (
                pytest.raises(ProgrammingError, match="row-level security"),
                acting(by),
                transaction.atomic(),
            ):
                Relation.objects.bulk_create(
                    [
                        Relation(
                            first=pair[0],
                            second=pair[1],
                            agency_id=by.agency_id,
                            word="CONFIRMED",
                            kind="PLACE",
                            said_at=NOON,
                            said_by=by,
                        )
                    ]
                )
