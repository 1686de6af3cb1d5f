"""Incidents that belong together: suggested with a reason, confirmed or refused by a person."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from agencies.choices import TLP
from agencies.lock import acting
from audit.models import Event
from incidents import actions
from incidents.actions.relations import RelationRefused, SaidAlready
from incidents.models import Incident, Relation
from incidents.selectors.relations import MOST, related
from tests.bulletins.factories import DAY, IncidentFactory
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db
WHY = "The same device, by the report of the bomb disposal squad."


@pytest.fixture
def incident():
    made = IncidentFactory.create(
        title="Blast at the mosque",
        place_text="Police Lines mosque",
        group_named="A group",
        target_type="15",
        tlp=TLP.GREEN,
    )
    made.refresh_from_db()  # its province follows from its district
    return made


def beside(incident, *, on=DAY, **said):
    """Another record of the same agency."""
    plain = {"agency": incident.agency, "tlp": TLP.GREEN, "recorded_by": incident.recorded_by}
    made = IncidentFactory.create(**plain | {"on_date": on, "sort_date": on} | said)
    made.refresh_from_db()
    return made


def relate(incident, other, *, kind="SERIES", note="", by=None):
    return actions.relate_incidents(
        incident_id=incident.pk,
        other_id=other.pk,
        kind=kind,
        note=note,
        by=by or incident.recorded_by,
        at=NOON,
    )


def refuse(incident, other, *, reason=WHY, by=None):
    return actions.refuse_relation(
        incident_id=incident.pk,
        other_id=other.pk,
        reason=reason,
        by=by or incident.recorded_by,
        at=NOON,
    )


def take_back(relation, *, reason=WHY, by=None):
    return actions.take_back_relation(
        relation_id=relation.pk, reason=reason, by=by or relation.said_by, at=NOON
    )


def suggested(incident, by=None):
    """Each incident that may be related, with the reasons in words, without marks of direction."""
    found = related(by or incident.recorded_by, incident).suggested
    return {
        each.incident: [reason.translate({0x2068: "", 0x2069: ""}) for reason in each.reasons]
        for each in found
    }


def page_of(client, user, incident):
    client.force_login(user)
    return client.get(incident.get_absolute_url()).text


class TestSuggesting:
    def test_finds_what_happened_at_the_very_place_years_before(self, incident):
        there = beside(
            incident,
            on=date(2018, 7, 13),
            district=incident.district,
            place_text="police lines Mosque",
        )
        beside(incident, on=date(2018, 7, 13), place_text="Police Lines mosque")  # elsewhere

        assert suggested(incident) == {there: ["Same place: Police Lines mosque"]}

    def test_finds_the_same_group_elsewhere(self, incident):
        theirs = beside(incident, on=DAY - timedelta(days=90), group_named="A group")
        beside(incident, on=DAY - timedelta(days=900), group_named="A group")

        assert suggested(incident) == {theirs: ["Same group named: A group"]}

    def test_finds_the_same_kind_of_target_in_the_district(self, incident):
        like = beside(
            incident, on=DAY + timedelta(days=242), district=incident.district, target_type="15"
        )
        beside(incident, on=DAY + timedelta(days=242), district=incident.district, target_type="3")

        reason = "Same kind of target in this district: Worshippers, religious site or procession"
        assert suggested(incident) == {like: [reason]}

    def test_finds_the_attacks_of_one_day_in_the_province(self, incident):
        wave = beside(incident, province=incident.province, district=None, area=incident.province)

        assert suggested(incident) == {wave: ["Same day, same province, same kind of attack"]}

    def test_takes_no_month_for_a_day(self, incident):
        beside(
            incident,
            province=incident.province,
            district=None,
            area=incident.province,
            precision="MONTH",
        )

        assert suggested(incident) == {}

    def test_counts_no_word_that_every_place_is_told_with(self, incident):
        name = incident.district.name
        incident.place_text = f"Chowk Yadgar, {name} city"
        incident.save(update_fields=["place_text"])
        told = {"district": incident.district, "place_text": f"Yadgar, near {name} city"}
        there = beside(incident, on=DAY - timedelta(days=300), target_type="15", **told)

        assert suggested(incident)[there][1:] == ["Words of the place in both: yadgar"]

    def test_puts_the_likeliest_first_and_ends(self, incident):
        for days in range(1, MOST + 3):
            beside(incident, on=DAY + timedelta(days=days), group_named="A group")
        here = beside(
            incident,
            on=DAY + timedelta(days=300),
            district=incident.district,
            place_text="Police Lines mosque",
            police_station="City",
            group_named="A group",
        )

        found = suggested(incident)

        assert len(found) == MOST
        assert next(iter(found)) == here

    def test_finds_none_that_one_may_not_see_nor_that_is_withdrawn(self, incident, outsider):
        closed = beside(incident, district=incident.district, tlp=TLP.AMBER_STRICT)
        gone = beside(incident, district=incident.district)
        actions.withdraw_incident(incident_id=gone.pk, reason=WHY, by=incident.recorded_by, at=NOON)

        assert set(suggested(incident)) == {closed}
        assert suggested(incident, by=outsider) == {}

    def test_finds_none_of_a_record_without_a_day_or_withdrawn(self, incident):
        beside(incident, district=incident.district)
        unknown = beside(
            incident, district=incident.district, precision="UNKNOWN", on_date=None, sort_date=DAY
        )
        assert suggested(unknown) == {}

        actions.withdraw_incident(
            incident_id=incident.pk, reason=WHY, by=incident.recorded_by, at=NOON
        )
        incident.refresh_from_db()
        assert suggested(incident) == {}

    def test_asks_the_same_however_many_there_are(self, incident, django_assert_num_queries):
        user, _district = incident.recorded_by, incident.district
        with acting(user):
            beside(incident, district=incident.district)
            with django_assert_num_queries(3):
                related(user, incident)
            for _ in range(4):
                relate(incident, beside(incident, district=incident.district))
                beside(incident, district=incident.district)
            with django_assert_num_queries(3):
                related(user, incident)


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


class TestThePages:
    def test_lead_from_a_suggestion_to_a_relation(self, client, incident):
        other = beside(incident, title="Blast at the market", district=incident.district)
        page = page_of(client, incident.recorded_by, incident)
        path = f"{incident.get_absolute_url()}relations/add/?to={other.reference}"
        assert path in page

        form = client.get(path)
        assert "Blast at the market" in form.text
        answer = client.post(path, {"reference": other.reference, "kind": "SERIES"})

        assert answer.url == f"{incident.get_absolute_url()}#related"
        assert Relation.objects.get().other_than(incident) == other

    def test_lead_from_a_suggestion_to_a_refusal_and_back(self, client, incident):
        other = beside(incident, district=incident.district)
        client.force_login(incident.recorded_by)
        start = incident.get_absolute_url()

        path = f"{start}relations/refuse/?to={other.reference}"
        assert client.post(path, {"reference": other.reference, "reason": ""}).status_code == 422
        client.post(path, {"reference": other.reference, "reason": WHY})
        back = f"{start}relations/{Relation.objects.get().pk}/take-back/"
        assert back in client.get(start).text
        assert WHY in client.get(back).text
        assert client.post(back, {"reason": ""}).status_code == 422
        client.post(back, {"reason": "Looked at again."})

        assert not Relation.objects.standing().exists()

    def test_keep_what_was_typed_and_say_what_is_wrong(self, client, incident):
        client.force_login(incident.recorded_by)
        other = beside(incident)

        answer = client.post(
            f"{incident.get_absolute_url()}relations/add/",
            {"reference": other.reference, "kind": "OTHER", "note": ""},
        )

        assert answer.status_code == 422
        assert "Say in a note what the relation is." in answer.text
        assert other.reference in answer.text

    def test_answer_alike_of_an_unseen_record_and_of_none(self, client, incident):
        closed = IncidentFactory.create(tlp=TLP.AMBER_STRICT, title="Zamburak")
        client.force_login(incident.recorded_by)
        path = f"{incident.get_absolute_url()}relations/add/"

        for reference in (closed.reference, "INC-NONE"):
            assert "Zamburak" not in client.get(f"{path}?to={reference}").text
            answer = client.post(path, {"reference": reference, "kind": "PLACE"})
            assert answer.status_code == 422
            assert "No incident with this reference is open to you." in answer.text

    def test_offer_nothing_to_whoever_may_not_change_the_record(self, client, incident, outsider):
        beside(incident, district=incident.district)

        page = page_of(client, outsider, incident)

        assert "May be related" in page
        assert "/relations/" not in page

    def test_are_closed_to_outsiders(self, client, incident, outsider):
        relation = relate(incident, beside(incident))
        hidden = relate(*[beside(incident, tlp=TLP.AMBER_STRICT) for _ in range(2)])
        client.force_login(outsider)

        for way in ("add/", "refuse/", f"{relation.pk}/take-back/"):
            path = f"{incident.get_absolute_url()}relations/{way}"
            assert client.get(path).status_code == 403
            assert client.post(path).status_code == 403
        path = f"{incident.get_absolute_url()}relations/{hidden.pk}/take-back/"
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("role", ["COMMANDER", "RELEASE_OFFICER", "AGENCY_ADMIN", "AUDITOR"])
    def test_are_for_those_who_record(self, incident, role):
        other = UserFactory.create(agency=incident.agency, role=role)

        with pytest.raises(PermissionDenied):
            relate(incident, beside(incident), by=other)
        with pytest.raises(PermissionDenied):
            take_back(relate(incident, beside(incident)), by=other)
