"""Evidence stands beside the fact it supports, for whoever may read the piece."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.choices import TLP, Classification
from agencies.lock import acting
from audit.models import Event
from incidents import actions
from incidents.actions.supports import SupportsNothing, supportable
from incidents.details import Account
from incidents.models import Evidence, Support
from tests.factories import NOON, UserFactory
from tests.incidents.evidence.samples import EvidenceFactory, pdf
from tests.incidents.factories import IncidentFactory, report
from tests.incidents.test_actions_facts import ADDITIONS

pytestmark = pytest.mark.django_db
KINDS = ("fact", "count", "claim", "account", "entry")


def with_facts(incident):
    """The incident, with a fact of every kind."""
    who = {"incident_id": incident.pk, "by": incident.recorded_by, "at": NOON}
    for add in ADDITIONS.values():
        add(**who)
    actions.dispute_fact(
        name="Charge", accounts=[Account(said="5 kg"), Account(said="10 kg")], **who
    )
    return incident


@pytest.fixture
def incident():
    return with_facts(IncidentFactory.create(tlp=TLP.GREEN))


@pytest.fixture
def piece(incident):
    return EvidenceFactory.create(incident=incident, title="The gate")


def first(incident, what):
    return supportable(incident)[what].earliest("pk").pk


def attach(piece, what="fact", number=None, by=None):
    return actions.attach_evidence(
        evidence_id=piece.pk,
        what=what,
        number=number or first(piece.incident, what),
        by=by or piece.added_by,
        at=NOON,
    )


def detach(support, by=None):
    actions.detach_evidence(
        evidence_id=support.evidence_id,
        support_id=support.pk,
        by=by or support.attached_by,
        at=NOON,
    )


def page_of(client, user, record):
    client.force_login(user)
    return client.get(record.get_absolute_url()).text


class TestAttaching:
    @pytest.mark.parametrize("what", KINDS)
    def test_shows_the_piece_beside_the_fact_and_the_fact_on_its_page(
        self, client, incident, piece, what
    ):
        before = page_of(client, piece.added_by, incident).count(">The gate<")
        assert "It is attached to no fact yet." in page_of(client, piece.added_by, piece)

        attach(piece, what)

        assert page_of(client, piece.added_by, incident).count(">The gate<") == before + 1
        assert "Take it off" in page_of(client, piece.added_by, piece)

    def test_is_a_deed_done_to_the_piece(self, piece):
        support = attach(piece, "count")

        event = Event.objects.get(verb="evidence.attached")
        assert (event.target_type, event.target_id) == ("incidents.evidence", piece.pk)
        assert event.data == {"what": "count", "number": support.count_id}

    def test_twice_is_once(self, piece):
        attach(piece)
        attach(piece)

        assert Support.objects.count() == 1
        assert Event.objects.filter(verb="evidence.attached").count() == 1

    def test_takes_many_facts_for_one_piece_and_many_pieces_for_one_fact(self, incident, piece):
        for what in KINDS:
            attach(piece, what)
        attach(EvidenceFactory.create(incident=incident, content=pdf(), name="letter.pdf"))

        assert Support.objects.count() == len(KINDS) + 1

    def test_takes_no_fact_of_another_incident_and_no_other_kind(self, piece):
        other = IncidentFactory.create(by=piece.added_by, counts=report(killed=3))

        with pytest.raises(SupportsNothing, match="of this incident"):
            attach(piece, "count", first(other, "count"))
        with pytest.raises(SupportsNothing, match="of this incident"):
            attach(piece, "fate", 1)

    def test_takes_no_piece_that_is_withdrawn(self, client, incident, piece):
        support = attach(piece)
        actions.withdraw_evidence(
            evidence_id=piece.pk, reason="Blurred", by=piece.added_by, at=NOON
        )

        with pytest.raises(SupportsNothing, match="withdrawn"):
            attach(piece, "count")
        page = page_of(client, piece.added_by, incident)
        assert page.count(">The gate<") == 1  # in the list of evidence, as withdrawn
        assert support.pk


class TestTakingOff:
    def test_keeps_in_the_record_that_it_was_attached(self, client, incident, piece):
        support = attach(piece)

        detach(support)

        assert not Support.objects.exists()
        assert page_of(client, piece.added_by, incident).count(">The gate<") == 1
        assert Event.objects.filter(verb="evidence.detached", target_id=piece.pk).exists()
        gone = Event.everything.get(target_type="incidents.support", verb="row.removed")
        assert gone.data["before"]["fact_id"] == support.fact_id
        assert (gone.whole_type, gone.whole_id) == ("incidents.evidence", piece.pk)

    def test_twice_is_once(self, piece):
        support = attach(piece)
        detach(support)
        detach(support)

        assert Event.objects.filter(verb="evidence.detached").count() == 1


class TestAPieceMarkedHigher:
    """The incident is open to every agency, the piece to its own alone."""

    @pytest.fixture
    def closed(self, incident):
        closed = EvidenceFactory.create(
            incident=incident,
            content=pdf(),
            name="letter.pdf",
            title="Zamburak",
            tlp=TLP.AMBER_STRICT,
            classification=Classification.CONFIDENTIAL,
            by=UserFactory.create(agency=incident.agency, clearance="CONFIDENTIAL"),
        )
        for what in KINDS:
            attach(closed, what)
        return closed

    def test_leaves_no_trace_beside_the_facts(self, client, incident, closed, outsider):
        colleague = incident.recorded_by  # of the same agency, not cleared so high
        assert page_of(client, closed.added_by, incident).count(">Zamburak<") == len(KINDS) + 1

        for reader in (outsider, colleague):
            assert "Zamburak" not in page_of(client, reader, incident)

    def test_leaves_no_trace_in_the_life_of_the_incident(self, incident, closed):
        supports = Event.everything.filter(target_type="incidents.support")

        assert {event.whole_type for event in supports} == {"incidents.evidence"}
        assert not Event.objects.about(incident).filter(verb="evidence.attached").exists()

    def test_is_kept_from_them_by_the_database(self, incident, closed, outsider):
        with acting(outsider):
            assert not Support.objects.exists()
        with acting(closed.added_by):
            assert Support.objects.count() == len(KINDS)

    def test_is_not_offered_to_them(self, client, incident, closed, piece):
        client.force_login(incident.recorded_by)

        page = client.get(f"{incident.get_absolute_url()}evidence/attach/").text

        assert "The gate" in page
        assert "Zamburak" not in page
        with pytest.raises(Evidence.DoesNotExist):
            attach(closed, by=incident.recorded_by)


class TestTheDatabase:
    def create(self, piece, **facts):
        Support.objects.create(
            evidence=piece, attached_at=NOON, attached_by=piece.added_by, **facts
        )

    def test_takes_one_fact_and_one_only(self, incident, piece):
        both = {f"{what}_id": first(incident, what) for what in ("fact", "claim")}

        for facts in ({}, both):
            with pytest.raises(IntegrityError), transaction.atomic():
                self.create(piece, **facts)

    @pytest.mark.parametrize("what", KINDS)
    def test_takes_no_fact_of_another_incident(self, piece, what):
        other = with_facts(IncidentFactory.create(by=piece.added_by))

        with pytest.raises(IntegrityError, match="not of one incident"):
            self.create(piece, **{f"{what}_id": first(other, what)})

    def test_takes_no_change_and_no_second_row(self, piece):
        support = attach(piece)

        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Support.objects.update(attached_at=NOON)
        with pytest.raises(IntegrityError, match="once_a_fact"):
            self.create(piece, fact_id=support.fact_id)

    def test_takes_nothing_from_another_agency(self, incident, piece, outsider):
        support = attach(piece)
        row = Support(
            evidence=piece,
            claim_id=first(incident, "claim"),
            attached_at=NOON,
            attached_by=outsider,
        )

        with pytest.raises(ProgrammingError, match="row-level security"), acting(outsider):
            Support.objects.bulk_create([row])
        with acting(outsider):
            assert Support.objects.filter(pk=support.pk).delete()[0] == 0


class TestThePages:
    def test_lead_from_the_line_of_a_fact(self, client, incident, piece):
        page = page_of(client, piece.added_by, incident)
        path = f"{incident.get_absolute_url()}evidence/attach/?to=claim-{first(incident, 'claim')}"
        assert path in page

        assert " selected" in client.get(path).text
        target = f"claim-{first(incident, 'claim')}"
        answer = client.post(path, {"piece": piece.pk, "to": target})

        assert answer.url == f"{incident.get_absolute_url()}#facts"
        assert Support.objects.get().claim_id == first(incident, "claim")

    def test_lead_from_the_piece_and_back(self, client, incident, piece):
        page = page_of(client, piece.added_by, piece)
        path = f"{incident.get_absolute_url()}evidence/attach/?piece={piece.pk}"
        assert path in page

        target = f"count-{first(incident, 'count')}"
        answer = client.post(path, {"piece": piece.pk, "to": target})
        assert answer.url == f"{piece.get_absolute_url()}#supports"
        off = f"{piece.get_absolute_url()}detach/"
        assert off in client.get(piece.get_absolute_url()).text
        number = Support.objects.get().pk
        for typed in ("", "none", "9" * 30, number, number):
            assert client.post(off, {"support": typed}).status_code == 302

        assert not Support.objects.exists()

    def test_keep_what_was_typed(self, client, incident, piece):
        client.force_login(piece.added_by)

        answer = client.post(
            f"{incident.get_absolute_url()}evidence/attach/", {"piece": piece.pk, "to": "fact-0"}
        )

        assert answer.status_code == 422
        assert f'value="{piece.pk}" selected' in answer.text

    def test_offer_nothing_where_there_is_no_piece(self, client, incident):
        assert "Attach evidence" not in page_of(client, incident.recorded_by, incident)

    def test_take_the_same_number_of_queries_however_much_is_attached(
        self, client, incident, piece, django_assert_num_queries
    ):
        for record in (incident, piece):
            page_of(client, piece.added_by, record)
            with CaptureQueriesContext(connection) as few:
                client.get(record.get_absolute_url())
            for what in KINDS:
                attach(piece, what)
            with django_assert_num_queries(len(few)):
                client.get(record.get_absolute_url())
            Support.objects.all().delete()

    def test_are_closed_to_outsiders(self, client, incident, piece, outsider):
        support = attach(piece)
        hidden = EvidenceFactory.create(tlp=TLP.AMBER_STRICT)
        client.force_login(outsider)

        assert client.get(f"{incident.get_absolute_url()}evidence/attach/").status_code == 403
        path = f"{piece.get_absolute_url()}detach/"
        assert client.post(path, {"support": support.pk}).status_code == 403
        assert client.post(f"{hidden.get_absolute_url()}detach/").status_code == 404
        assert (
            client.get(f"{hidden.incident.get_absolute_url()}evidence/attach/").status_code == 404
        )
        assert "Attach evidence" not in client.get(incident.get_absolute_url()).text

    @pytest.mark.parametrize("role", ["COMMANDER", "RELEASE_OFFICER", "AGENCY_ADMIN", "AUDITOR"])
    def test_are_for_those_who_record(self, piece, role):
        other = UserFactory.create(agency=piece.agency, role=role)

        with pytest.raises(PermissionDenied):
            attach(piece, by=other)
        with pytest.raises(PermissionDenied):
            detach(attach(piece), by=other)
