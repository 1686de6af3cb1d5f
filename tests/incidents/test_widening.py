"""Letting an incident go further takes two people."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection
from django.urls import reverse

from agencies.choices import TLP, Caveat, Classification, WideningState
from audit.choices import Verb
from audit.models import Event
from incidents import actions
from incidents.details import Wish
from incidents.models import Incident, IncidentShare, IncidentWidening
from incidents.rules import DetailsRefused
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory, details

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident():
    return IncidentFactory.create(caveats=(Caveat.LIMDIS,))


@pytest.fixture
def decider(incident):
    """The release officer of the owner agency."""
    return UserFactory.create(release_officer=True, agency=incident.agency)


def wish(**said):
    plain = {"tlp": TLP.GREEN, "classification": "RESTRICTED", "caveats": (Caveat.LIMDIS,)}
    return Wish(**{**plain, "reason": "The neighbouring range needs it.", **said})


def ask(incident, by=None, **said):
    return actions.ask_to_widen(
        incident_id=incident.pk, wish=wish(**said), by=by or incident.recorded_by, at=NOON
    )


def grant(widening, by):
    return actions.grant_widening(widening_id=widening.pk, by=by, at=NOON)


def refuse(widening, by, answer="Not before the trial."):
    return actions.refuse_widening(widening_id=widening.pk, answer=answer, by=by, at=NOON)


def sees(person, incident):
    return Incident.objects.visible_to(person).filter(pk=incident.pk).exists()


class TestAskToWiden:
    def test_changes_nothing_yet(self, incident, outsider):
        widening = ask(incident)

        assert widening.state == WideningState.ASKED
        assert not sees(outsider, incident)
        assert Event.objects.filter(verb=Verb.WIDENING_ASKED).count() == 1

    def test_twice_is_once(self, incident):
        assert ask(incident) == ask(incident)

        assert Event.objects.filter(verb=Verb.WIDENING_ASKED).count() == 1

    def test_one_question_at_a_time(self, incident):
        ask(incident)

        with pytest.raises(actions.WideningRefused, match="asked for already"):
            ask(incident, tlp=TLP.AMBER, caveats=())

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"tlp": TLP.AMBER}, "no further"),
            ({"tlp": TLP.AMBER_STRICT}, "no further"),
            ({"reason": " "}, "Say why"),
            ({"tlp": TLP.CLEAR}, "choose UNMARKED"),
        ],
    )
    def test_refuses_what_is_no_widening(self, incident, said, sentence):
        with pytest.raises(DetailsRefused, match=sentence):
            ask(incident, **said)

        assert not IncidentWidening.objects.exists()

    def test_is_for_the_owner_agency_alone(self, incident, outsider):
        IncidentShare.objects.create(
            record=incident, to_person=outsider, shared_at=NOON, shared_by=incident.recorded_by
        )

        with pytest.raises(PermissionDenied):
            ask(incident, by=outsider)
        with pytest.raises(Incident.DoesNotExist):
            ask(incident, by=UserFactory.create(commander=True))


class TestVisibleTo:
    def seen_by(self, person):
        return list(IncidentWidening.objects.visible_to(person))

    def test_shows_a_request_to_a_colleague_who_reads_the_incident(self, incident):
        widening = ask(incident)

        assert self.seen_by(UserFactory.create(agency=incident.agency)) == [widening]

    def test_shows_a_request_on_a_red_record_to_who_decides_and_to_no_other_colleague(
        self, outsider
    ):
        incident = IncidentFactory.create(tlp=TLP.RED)
        widening = ask(incident, tlp=TLP.RED, reader_id=outsider.pk, caveats=())
        decider = UserFactory.create(release_officer=True, agency=incident.agency)

        assert not sees(decider, incident)
        assert self.seen_by(decider) == [widening]
        assert not self.seen_by(UserFactory.create(agency=incident.agency))

    def test_shows_nothing_to_an_outsider_nor_to_who_has_left(self, incident, decider, outsider):
        ask(incident)
        decider.is_active = False

        assert not self.seen_by(outsider)
        assert not self.seen_by(decider)


class TestGrantWidening:
    def test_marks_the_record_as_was_asked(self, incident, decider, outsider):
        grant(ask(incident, caveats=()), decider)

        incident.refresh_from_db()
        assert (incident.tlp, incident.caveats, incident.lock_version) == (TLP.GREEN, [], 2)
        assert sees(outsider, incident)
        event = Event.objects.get(verb=Verb.WIDENING_GRANTED)
        assert (event.target_ref, event.actor_id) == (incident.reference, decider.pk)

    def test_twice_is_once(self, incident, decider):
        widening = ask(incident)

        grant(widening, decider)
        grant(widening, decider)

        assert Event.objects.filter(verb=Verb.WIDENING_GRANTED).count() == 1

    def test_is_not_for_who_asked_and_says_who_may(self, incident, decider):
        other = UserFactory.create(commander=True, agency=incident.agency)
        widening = ask(incident, by=other)

        with pytest.raises(actions.NeedsSecondPerson, match=decider.post):
            grant(widening, other)

        incident.refresh_from_db()
        assert incident.tlp == TLP.AMBER

    def test_is_not_for_investigators_and_invisible_to_an_outsider(self, incident, outsider):
        widening = ask(incident)
        colleague = UserFactory.create(agency=incident.agency)

        with pytest.raises(PermissionDenied):
            grant(widening, colleague)
        with pytest.raises(IncidentWidening.DoesNotExist):
            grant(widening, outsider)

    def test_is_invisible_to_who_is_not_cleared(self, decider):
        chief = UserFactory.create(clearance=Classification.CONFIDENTIAL)
        incident = IncidentFactory.create(by=chief, classification=Classification.CONFIDENTIAL)
        decider = UserFactory.create(commander=True, agency=chief.agency)

        with pytest.raises(IncidentWidening.DoesNotExist):
            grant(ask(incident, caveats=()), decider)

    def test_names_a_reader_of_a_red_record_that_the_granter_may_not_read(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.RED)
        decider = UserFactory.create(commander=True, agency=incident.agency)
        widening = ask(incident, tlp=TLP.RED, caveats=(), reader_id=outsider.pk)

        grant(widening, decider)

        assert sees(outsider, incident)
        assert not sees(decider, incident)

    def test_follows_no_marking_that_changed_meanwhile(self, incident, decider):
        widening = ask(incident)
        actions.change_incident(
            incident_id=incident.pk,
            details=details(tlp=TLP.AMBER_STRICT, caveats=(Caveat.LIMDIS,)),
            lock_version=1,
            by=incident.recorded_by,
            at=NOON,
        )

        with pytest.raises(actions.WideningRefused, match="decided already"):
            grant(widening, decider)

        widening.refresh_from_db()
        assert widening.state == WideningState.WITHDRAWN


class TestRefuseWidening:
    def test_keeps_the_marking_and_the_reason(self, incident, decider):
        widening = refuse(ask(incident), decider)

        incident.refresh_from_db()
        assert (incident.tlp, widening.answer) == (TLP.AMBER, "Not before the trial.")
        assert Event.objects.filter(verb=Verb.WIDENING_REFUSED).count() == 1

    def test_needs_a_reason(self, incident, decider):
        with pytest.raises(actions.WideningRefused, match="Say why"):
            refuse(ask(incident), decider, answer=" ")

    def test_stands(self, incident, decider):
        widening = refuse(ask(incident), decider)

        with pytest.raises(actions.WideningRefused, match="decided already"):
            grant(widening, decider)

    def test_is_invisible_to_an_outsider(self, incident, outsider):
        with pytest.raises(IncidentWidening.DoesNotExist):
            refuse(ask(incident), outsider)


class TestChangeIncident:
    def change(self, incident, **said):
        return actions.change_incident(
            incident_id=incident.pk,
            details=details(**said),
            lock_version=1,
            by=incident.recorded_by,
            at=NOON,
        )

    def test_marks_higher_at_once(self, incident):
        changed = self.change(incident, tlp=TLP.AMBER_STRICT, caveats=(Caveat.LIMDIS,))

        assert changed.tlp == TLP.AMBER_STRICT

    @pytest.mark.parametrize(
        "said",
        [
            {"tlp": TLP.GREEN, "caveats": (Caveat.LIMDIS,)},
            {"classification": "UNMARKED", "caveats": (Caveat.LIMDIS,)},
            {"caveats": ()},
        ],
    )
    def test_does_not_mark_lower(self, incident, said):
        with pytest.raises(DetailsRefused, match="takes two people"):
            self.change(incident, **said)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change", [{"tlp": "GREEN"}, {"classification": "UNMARKED"}, {"caveats": []}]
    )
    def test_marks_nothing_lower_by_itself(self, incident, change):
        with pytest.raises(IntegrityError, match="marked lower without a second person"):
            Incident.objects.filter(pk=incident.pk).update(**change)

    def test_names_no_reader_of_a_red_record_by_itself(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.RED)

        with pytest.raises(IntegrityError, match="without a second person"):
            incident.shares.create(
                to_person=outsider, shared_at=NOON, shared_by=incident.recorded_by
            )

    def test_lets_nobody_grant_what_they_asked(self, incident):
        widening = ask(incident)

        with pytest.raises(IntegrityError, match="decided_by_another"):
            IncidentWidening.objects.filter(pk=widening.pk).update(
                state="GRANTED", decided_at=NOON, decided_by=widening.asked_by
            )

    def test_takes_no_grant_that_nobody_asked_for(self, incident, decider):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            now = cursor.fetchone()[0]
        IncidentWidening.objects.create(
            record=incident,
            agency=incident.agency,
            from_tlp="AMBER",
            from_classification="RESTRICTED",
            tlp="GREEN",
            classification="RESTRICTED",
            caveats=["LIMDIS"],
            reason="Mine.",
            state="GRANTED",
            asked_at=NOON,
            asked_by=incident.recorded_by,
            decided_at=NOON,
            decided_by=decider,
            granted_in=now,
        )

        with pytest.raises(IntegrityError, match="without a second person"):
            Incident.objects.filter(pk=incident.pk).update(tlp="GREEN")

    def test_keeps_what_was_decided(self, incident, decider):
        widening = refuse(ask(incident), decider)

        with pytest.raises(DatabaseError, match="Cannot update"):
            IncidentWidening.objects.filter(pk=widening.pk).update(answer="Another")


class TestPages:
    def typed(self, **said):
        return {
            "tlp": "GREEN",
            "classification": "RESTRICTED",
            "caveats": ["LIMDIS"],
            "reason": "The neighbouring range needs it.",
            **said,
        }

    def test_say_who_would_read_it_before_it_is_asked(self, client, incident, outsider):
        client.force_login(incident.recorded_by)

        page = client.post(reverse("incidents:incident_widen", args=[incident.pk]), self.typed())

        assert "2 people in 2 agencies." in page.content.decode()
        assert outsider.post in page.content.decode()
        assert not IncidentWidening.objects.exists()

    def test_ask_once_it_is_confirmed(self, client, incident):
        client.force_login(incident.recorded_by)

        answer = client.post(
            reverse("incidents:incident_widen", args=[incident.pk]),
            self.typed(confirmed="1"),
            follow=True,
        )

        assert (
            "Waiting for" in answer.content.decode() or "there is none" in answer.content.decode()
        )
        assert IncidentWidening.objects.get().state == WideningState.ASKED

    def test_give_back_what_was_typed(self, client, incident):
        client.force_login(incident.recorded_by)

        page = client.post(
            reverse("incidents:incident_widen", args=[incident.pk]), self.typed(tlp="AMBER")
        )

        assert page.status_code == 422
        assert "The neighbouring range needs it." in page.content.decode()

    def test_are_decided_from_the_desk(self, client, incident, decider):
        widening = ask(incident)
        client.force_login(decider)

        home = client.get("/")
        page = client.get(widening.get_absolute_url())
        client.post(reverse("incidents:widening_grant", args=[widening.pk]))

        assert widening.get_absolute_url() in home.content.decode()
        assert "Grant it" in page.content.decode()
        incident.refresh_from_db()
        assert incident.tlp == TLP.GREEN

    def test_show_nothing_of_a_red_record_to_who_may_not_read_it(self, client, outsider):
        incident = IncidentFactory.create(tlp=TLP.RED, title="The name of the source")
        decider = UserFactory.create(agency_admin=True, agency=incident.agency)
        widening = ask(incident, tlp=TLP.RED, caveats=(), reader_id=outsider.pk)
        client.force_login(decider)

        page = client.get(widening.get_absolute_url()).content.decode()

        assert incident.reference in page
        assert "The name of the source" not in page

    def test_need_a_reason_to_refuse(self, client, incident, decider):
        widening = ask(incident)
        client.force_login(decider)
        address = reverse("incidents:widening_refuse", args=[widening.pk])

        assert client.post(address, {"answer": ""}).status_code == 422
        client.post(address, {"answer": "Not now."})

        widening.refresh_from_db()
        assert widening.state == WideningState.REFUSED

    def test_are_not_there_for_an_outsider(self, client, incident, outsider):
        widening = ask(incident)
        client.force_login(outsider)

        for address in (
            reverse("incidents:incident_widen", args=[incident.pk]),
            widening.get_absolute_url(),
        ):
            assert client.get(address).status_code == 404
        for name in ("widening_grant", "widening_refuse"):
            address = reverse(f"incidents:{name}", args=[widening.pk])
            assert client.post(address).status_code == 404
