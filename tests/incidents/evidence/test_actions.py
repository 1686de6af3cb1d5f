"""Putting evidence on the record, passing it on, opening and withdrawing it."""

import hashlib
import stat
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from agencies.choices import TLP, Classification, Role
from audit.choices import Verb
from audit.models import Event
from incidents import actions
from incidents.actions.evidence import (
    AlreadyOnRecord,
    FileAltered,
    NotHandedOut,
    ReasonNeeded,
    WithdrawnAlready,
)
from incidents.choices.files import CopyState, CustodyKind, EvidenceState, MediaGroup
from incidents.files.refusals import FileRefused
from incidents.models import CustodyEvent, DisplayCopy, Evidence, Incident
from incidents.rules import DetailsRefused
from tests.factories import NOON, UserFactory
from tests.incidents.evidence.samples import (
    EvidenceFactory,
    details,
    pdf,
    photograph,
    picture,
    upload,
)
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)


def add(incident, *, by=None, content=None, name="gate.jpg", **said):
    return actions.add_evidence(
        incident_id=incident.pk,
        upload=upload(content, name),
        name=name,
        details=details(**said),
        by=by or incident.recorded_by,
        at=NOON,
    )


class TestAddEvidence:
    def test_seals_the_file_under_its_hash(self, vault_folder):
        content = photograph()

        evidence = EvidenceFactory.create(content=content, from_whom="Bomb disposal squad")

        digest = hashlib.sha256(content).hexdigest()
        stored = vault_folder / "originals" / digest[:2] / digest
        assert evidence.sha256 == digest
        assert stored.read_bytes() == content
        assert stat.S_IMODE(stored.stat().st_mode) == 0o400
        assert (evidence.media_type, evidence.group) == ("image/jpeg", MediaGroup.IMAGE)
        assert evidence.state == EvidenceState.CLEAN
        assert evidence.scanned_at is None

    def test_begins_its_custody_and_leaves_an_event(self):
        evidence = EvidenceFactory.create(from_whom="Bomb disposal squad")

        first = evidence.custody.get()
        assert (first.kind, first.from_whom) == (CustodyKind.RECEIVED, "Bomb disposal squad")
        assert first.to_whom == evidence.added_by.post_line()
        event = Event.objects.about(evidence).get()
        assert event.verb == Verb.EVIDENCE_ADDED
        assert event.data["sha256"] == evidence.sha256
        assert event.target_agency_id == evidence.agency_id

    def test_asks_for_a_copy_of_a_picture_only(self):
        shown = EvidenceFactory.create()
        letter = EvidenceFactory.create(content=pdf(), name="letter.pdf")

        assert shown.copy.state == CopyState.WAITING
        assert not DisplayCopy.objects.filter(evidence=letter).exists()

    def test_rings_the_worker_once_it_is_committed(self, rung, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            evidence = EvidenceFactory.create()

        assert rung == [evidence.pk]

    def test_is_held_where_there_is_a_scanner(self, settings):
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"

        assert EvidenceFactory.create().state == EvidenceState.HELD

    def test_twice_is_once(self):
        incident = IncidentFactory.create()

        first, second = add(incident), add(incident)

        assert first == second
        assert Evidence.objects.count() == CustodyEvent.objects.count() == 1
        assert Event.objects.filter(verb=Verb.EVIDENCE_ADDED).count() == 1

    def test_says_that_the_same_file_is_there_under_another_title(self):
        incident = IncidentFactory.create()
        add(incident)

        with pytest.raises(AlreadyOnRecord, match=r"“other.jpg” .*“The gate, seen from the road”"):
            add(incident, name="other.jpg", title="Another title")

    def test_does_not_tell_of_a_twin_that_may_not_be_seen(self):
        incident = IncidentFactory.create()
        cleared = UserFactory.create(agency=incident.agency, clearance=Classification.CONFIDENTIAL)
        hidden = add(incident, by=cleared, classification=Classification.CONFIDENTIAL)

        seen = add(incident, title="Found again")

        assert hidden.sha256 == seen.sha256
        assert hidden != seen

    def test_stores_the_same_bytes_once_for_two_incidents(self, vault_folder):
        first, second = EvidenceFactory.create(), EvidenceFactory.create()

        assert first.path == second.path
        assert len([path for path in vault_folder.rglob("*") if path.is_file()]) == 1

    def test_heals_a_file_that_was_half_written(self, vault_folder):
        content = picture()
        digest = hashlib.sha256(content).hexdigest()
        half = vault_folder / "originals" / digest[:2] / digest
        half.parent.mkdir(parents=True)
        half.write_bytes(content[:20])

        EvidenceFactory.create(content=content)

        assert half.read_bytes() == content

    def test_refuses_what_is_not_on_the_list_and_keeps_nothing(self, vault_folder):
        with pytest.raises(FileRefused, match=r"page\.html"):
            EvidenceFactory.create(content=b"<html><script>1</script>", name="page.html")

        assert not Evidence.objects.exists()
        assert not vault_folder.exists()

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"title": " "}, "title"),
            ({"taken_date": date(2030, 1, 1)}, "taken_date"),
            ({"taken_time": time(9)}, "taken_date"),
            ({"tlp": TLP.GREEN}, "tlp"),
            ({"tlp": TLP.RED}, "tlp"),
            ({"classification": Classification.UNMARKED}, "classification"),
            ({"classification": Classification.CONFIDENTIAL}, "classification"),
            ({"classification": Classification.SECRET}, "classification"),
        ],
    )
    def test_refuses_beside_the_field(self, said, field):
        incident = IncidentFactory.create()

        with pytest.raises(DetailsRefused) as refused:
            add(incident, **said)

        assert [each.field for each in refused.value.broken] == [field]
        assert not Evidence.objects.exists()

    def test_takes_a_source_of_its_own_incident_only(self):
        incident, other = IncidentFactory.create(), IncidentFactory.create()
        foreign = other.sources.create(title="Dawn")
        own = incident.sources.create(title="Dawn")

        assert add(incident, source_id=foreign.pk).source is None
        assert add(incident, content=pdf(), name="x.pdf", source_id=own.pk).source == own

    @pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.INVESTIGATOR}))
    def test_is_for_investigators(self, role):
        incident = IncidentFactory.create(tlp=TLP.CLEAR, classification="UNMARKED")
        by = UserFactory.create(agency=incident.agency, role=role)

        with pytest.raises(PermissionDenied):
            add(incident, by=by, tlp=TLP.CLEAR, classification="UNMARKED")

    def test_is_invisible_to_outsiders(self, outsider):
        with pytest.raises(Incident.DoesNotExist):
            add(IncidentFactory.create(), by=outsider)


class TestTurnAway:
    def turn_away(self, incident, by):
        actions.turn_away_file(
            incident_id=incident.pk,
            name="../page\x00.html",
            refusal=FileRefused("markup", "A sentence."),
            by=by,
            at=NOON,
        )

    def test_records_who_tried_what(self):
        incident = IncidentFactory.create()

        self.turn_away(incident, incident.recorded_by)

        event = Event.objects.about(incident).get(verb=Verb.EVIDENCE_TURNED_AWAY)
        assert event.actor_id == incident.recorded_by_id
        assert event.data == {"name": "page.html", "why": "markup"}

    def test_is_for_those_who_may_add(self, outsider):
        incident = IncidentFactory.create()
        commander = UserFactory.create(agency=incident.agency, commander=True)

        with pytest.raises(PermissionDenied):
            self.turn_away(incident, commander)
        with pytest.raises(Incident.DoesNotExist):
            self.turn_away(incident, outsider)


class TestHandOver:
    def hand_over(self, evidence, **said):
        return actions.hand_over_evidence(
            **{
                "evidence_id": evidence.pk,
                "to_whom": "Forensic laboratory, Punjab",
                "why": "Traces of explosive",
                "when": NOON + timedelta(hours=1),
                "by": evidence.added_by,
                "at": LATER,
                **said,
            }
        )

    def test_passes_from_whoever_held_it(self):
        evidence = EvidenceFactory.create()

        self.hand_over(evidence)
        last = self.hand_over(
            evidence, to_whom="Court clerk", why="Trial", when=NOON + timedelta(hours=2)
        )

        assert last.from_whom == "Forensic laboratory, Punjab"
        assert [each.to_whom for each in evidence.custody.in_order()] == [
            evidence.added_by.post_line(),
            "Forensic laboratory, Punjab",
            "Court clerk",
        ]
        assert Event.objects.filter(verb=Verb.EVIDENCE_HANDED_OVER).count() == 2

    def test_twice_is_once(self):
        evidence = EvidenceFactory.create()

        assert self.hand_over(evidence) == self.hand_over(evidence)
        assert evidence.custody.count() == 2

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"to_whom": " "}, "to_whom"),
            ({"why": ""}, "why"),
            ({"when": LATER + timedelta(minutes=1)}, "on_date"),
            ({"when": NOON - timedelta(minutes=1)}, "on_date"),
        ],
    )
    def test_refuses_beside_the_field(self, said, field):
        evidence = EvidenceFactory.create()

        with pytest.raises(DetailsRefused) as refused:
            self.hand_over(evidence, **said)

        assert [each.field for each in refused.value.broken] == [field]
        assert evidence.custody.count() == 1

    def test_is_for_investigators_and_commanders_of_the_owner(self, outsider):
        evidence = EvidenceFactory.create()
        auditor = UserFactory.create(agency=evidence.agency, auditor=True)

        with pytest.raises(PermissionDenied):
            self.hand_over(evidence, by=auditor)
        with pytest.raises(Evidence.DoesNotExist):
            self.hand_over(evidence, by=outsider)

    def test_is_never_changed_or_removed(self):
        first = EvidenceFactory.create().custody.get()

        for change in (
            lambda: CustodyEvent.objects.filter(pk=first.pk).update(to_whom="Nobody"),
            lambda: CustodyEvent.objects.filter(pk=first.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
                change()


class TestWithdraw:
    def withdraw(self, evidence, **said):
        return actions.withdraw_evidence(
            **{
                "evidence_id": evidence.pk,
                "reason": "Shows a witness",
                "by": evidence.added_by,
                "at": LATER,
                **said,
            }
        )

    def test_takes_it_from_other_agencies_and_keeps_it_for_its_own(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        evidence = EvidenceFactory.create(incident=incident)
        auditor = UserFactory.create(auditor=True)
        assert evidence in Evidence.objects.visible_to(outsider)

        self.withdraw(evidence)

        assert evidence not in Evidence.objects.visible_to(outsider)
        assert evidence in Evidence.objects.visible_to(evidence.added_by)
        assert evidence in Evidence.objects.visible_to(auditor)
        assert Event.objects.filter(verb=Verb.EVIDENCE_WITHDRAWN).get().data == {
            "reason": "Shows a witness"
        }

    def test_twice_is_once_and_never_for_another_reason(self):
        evidence = EvidenceFactory.create()
        self.withdraw(evidence)

        assert self.withdraw(evidence).withdrawn_at == LATER
        with pytest.raises(WithdrawnAlready):
            self.withdraw(evidence, reason="Another")
        assert Event.objects.filter(verb=Verb.EVIDENCE_WITHDRAWN).count() == 1

    def test_needs_a_reason(self):
        with pytest.raises(ReasonNeeded):
            self.withdraw(EvidenceFactory.create(), reason=" ")

    def test_lets_the_same_file_in_again(self):
        incident = IncidentFactory.create()
        first = add(incident)
        self.withdraw(first)

        assert add(incident) != first

    def test_is_refused_by_role_and_unseen_by_outsiders(self, outsider):
        evidence = EvidenceFactory.create()
        release = UserFactory.create(agency=evidence.agency, release_officer=True)

        with pytest.raises(PermissionDenied):
            self.withdraw(evidence, by=release)
        with pytest.raises(Evidence.DoesNotExist):
            self.withdraw(evidence, by=outsider)

    def test_is_never_undone_in_the_database(self):
        evidence = self.withdraw(EvidenceFactory.create())
        row = Evidence.objects.filter(pk=evidence.pk)

        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            row.update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")


class TestOpen:
    def open(self, evidence, by=None):
        return actions.open_evidence(evidence_id=evidence.pk, by=by or evidence.added_by, at=LATER)

    def test_hands_out_the_very_bytes_and_records_who_looked(self):
        content = photograph()
        evidence = EvidenceFactory.create(content=content)

        with self.open(evidence) as opened:
            assert opened.read() == content

        event = Event.objects.get(verb=Verb.EVIDENCE_OPENED)
        assert (event.actor_id, event.target_id) == (evidence.added_by_id, evidence.pk)

    @pytest.mark.parametrize("state", [EvidenceState.HELD, EvidenceState.REFUSED])
    def test_hands_out_nothing_that_is_held_or_refused(self, state, settings):
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
        evidence = EvidenceFactory.create()
        if state == EvidenceState.REFUSED:
            Evidence.objects.filter(pk=evidence.pk).update(
                state=state, refused_because="Eicar", scanned_at=LATER
            )

        with pytest.raises(NotHandedOut):
            self.open(evidence)

        assert not Event.objects.filter(verb=Verb.EVIDENCE_OPENED).exists()

    @pytest.mark.parametrize("harm", ["altered", "gone"])
    def test_hands_out_nothing_that_was_altered(self, vault_folder, harm):
        evidence = EvidenceFactory.create()
        stored = vault_folder / evidence.path
        stored.unlink()
        if harm == "altered":
            stored.write_bytes(picture(colour="red"))

        with pytest.raises(FileAltered, match="not the one that was handed in"):
            self.open(evidence)

        assert not Event.objects.filter(verb=Verb.EVIDENCE_OPENED).exists()

    def test_is_invisible_to_outsiders(self, outsider):
        evidence = EvidenceFactory.create()

        with pytest.raises(Evidence.DoesNotExist):
            self.open(evidence, by=outsider)
