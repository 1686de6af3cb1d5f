"""Who sees evidence, and what its tables hold to be true."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError, IntegrityError, transaction

from agencies.choices import TLP, Caveat, Classification
from agencies.lock import acting
from incidents import actions
from incidents.choices.files import EvidenceState
from incidents.details import Wish
from incidents.files import vault
from incidents.models import Evidence, Incident
from tests.factories import NOON, UserFactory
from tests.incidents.evidence.samples import EvidenceFactory, pdf
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)


class TestVisibleTo:
    def test_needs_both_the_incident_and_the_piece(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        open_to_all = EvidenceFactory.create(incident=incident)
        own_only = EvidenceFactory.create(
            incident=incident, content=pdf(), name="a.pdf", tlp=TLP.AMBER_STRICT
        )

        assert set(Evidence.objects.visible_to(outsider)) == {open_to_all}
        assert set(Evidence.objects.visible_to(incident.recorded_by)) == {open_to_all, own_only}

        Incident.objects.filter(pk=incident.pk).update(tlp=TLP.AMBER)

        assert not Evidence.objects.visible_to(outsider).exists()

    def test_follows_the_readers_that_the_incident_names(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.AMBER)
        evidence = EvidenceFactory.create(incident=incident)
        actions.share_incident(
            incident_id=incident.pk,
            recipient=outsider.agency,
            by=incident.recorded_by,
            at=NOON,
        )

        assert set(Evidence.objects.visible_to(outsider)) == {evidence}

    def test_does_not_widen_with_the_incident(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.AMBER)
        EvidenceFactory.create(incident=incident)

        wish = Wish(tlp=TLP.GREEN, classification=incident.classification, reason="Others need it.")
        asked = actions.ask_to_widen(
            incident_id=incident.pk, wish=wish, by=incident.recorded_by, at=NOON
        )
        commander = UserFactory.create(commander=True, agency=incident.agency)
        actions.grant_widening(widening_id=asked.pk, by=commander, at=NOON)

        assert Incident.objects.visible_to(outsider).exists()
        assert not Evidence.objects.visible_to(outsider).exists()

    def test_asks_for_clearance(self):
        incident = IncidentFactory.create()
        cleared = UserFactory.create(agency=incident.agency, clearance=Classification.CONFIDENTIAL)
        EvidenceFactory.create(
            incident=incident, by=cleared, classification=Classification.CONFIDENTIAL
        )

        assert Evidence.objects.visible_to(cleared).count() == 1
        assert not Evidence.objects.visible_to(incident.recorded_by).exists()

    def test_of_a_piece_for_certain_eyes_is_for_its_agency_and_whom_the_incident_names(
        self, outsider
    ):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        piece = EvidenceFactory.create(incident=incident)
        Evidence.objects.filter(pk=piece.pk).update(caveats=[Caveat.EYES])
        named = UserFactory.create(commander=True)
        actions.share_incident(
            incident_id=incident.pk, recipient=named, by=incident.recorded_by, at=NOON
        )

        for person, may in ((outsider, False), (named, True), (incident.recorded_by, True)):
            assert Evidence.objects.visible_to(person).exists() == may
            with acting(person):  # and the database by itself
                assert Evidence.objects.exists() == may
                assert Incident.objects.exists()

    def test_shows_nothing_to_a_system_admin(self):
        evidence = EvidenceFactory.create(tlp=TLP.AMBER)
        keeper = UserFactory.create(agency=evidence.agency, system_admin=True)

        assert not Evidence.objects.visible_to(keeper).exists()


class TestTable:
    def test_is_never_emptied_and_its_seal_never_changed(self):
        evidence = EvidenceFactory.create()
        row = Evidence.objects.filter(pk=evidence.pk)

        for change in (
            lambda: row._raw_delete("default"),
            lambda: row.update(sha256="0" * 64),
            lambda: row.update(path="originals/other"),
            lambda: row.update(original_name="other.jpg"),
            lambda: row.update(added_at=LATER),
            lambda: row.update(state=EvidenceState.HELD),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    @pytest.mark.parametrize(
        "columns",
        [
            {"size": 0},
            {"title": ""},
            {"kind": "UNKNOWN"},
            {"taken_time": time(9)},
            {"refused_because": "Eicar"},
            {"withdrawn_at": NOON},
            {"withdrawn_because": "x"},
        ],
    )
    def test_holds_what_must_be_true(self, columns):
        evidence = EvidenceFactory.create()

        with pytest.raises(DatabaseError), transaction.atomic():
            Evidence.objects.filter(pk=evidence.pk).update(**columns)

    def test_holds_one_live_piece_for_each_file_and_marking(self):
        evidence = EvidenceFactory.create()
        evidence.pk = None
        evidence._state.adding = True

        with pytest.raises(IntegrityError, match="evidence_once_an_incident"), transaction.atomic():
            evidence.save()

    def test_vault_refuses_a_path_outside(self):
        with pytest.raises(SuspiciousFileOperation):
            vault.storage().open("../secret_key", "rb")
