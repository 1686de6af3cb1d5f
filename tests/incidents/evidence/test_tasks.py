"""The worker's part: searching held files, drawing copies, sweeping what was left."""

import os
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from audit.choices import Verb
from audit.models import Event
from incidents import actions, tasks
from incidents.actions.evidence import NotHandedOut
from incidents.choices.files import CopyFault, CopyState, EvidenceState, HeldBecause
from incidents.files import pictures, vault
from incidents.files.pictures import NotDrawn
from incidents.models import DisplayCopy, Evidence
from tests.factories import NOON
from tests.incidents.evidence.clamd import EICAR, fake_clamd
from tests.incidents.evidence.samples import EvidenceFactory, pdf, photograph, picture, png_of

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """Whatever ends a process between two steps."""


@pytest.fixture
def scanner(settings):
    """A scanner that answers."""
    with fake_clamd() as address:
        settings.CLAMAV_ADDRESS = address
        yield address


def check(evidence):
    tasks.check(evidence_id=evidence.pk)
    evidence.refresh_from_db()
    return evidence


def infected():
    return EvidenceFactory.create(content=b"words\n" + EICAR + b"\n", name="note.txt")


class TestCheck:
    def test_lets_go_of_what_the_scanner_finds_nothing_in(
        self, scanner, rung, django_capture_on_commit_callbacks
    ):
        evidence = EvidenceFactory.create()
        with django_capture_on_commit_callbacks(execute=True):
            check(evidence)

        assert evidence.state == EvidenceState.CLEAN
        assert evidence.scanned_at is not None
        assert Event.objects.filter(verb=Verb.EVIDENCE_CHECKED).count() == 1
        assert rung == [evidence.pk]
        check(evidence)
        assert DisplayCopy.objects.get(evidence=evidence).state == CopyState.DONE

    def test_refuses_what_carries_a_virus_with_its_name_and_never_hands_it_out(self, scanner):
        evidence = check(infected())

        assert evidence.state == EvidenceState.REFUSED
        assert evidence.refused_because == "Eicar-Test-Signature"
        event = Event.objects.get(verb=Verb.EVIDENCE_REFUSED)
        assert event.data == {"signature": "Eicar-Test-Signature"}
        with pytest.raises(NotHandedOut):
            actions.open_evidence(evidence_id=evidence.pk, by=evidence.added_by, at=NOON)

    def test_twice_is_once(self, scanner):
        evidence = EvidenceFactory.create()

        for _ in range(3):
            check(evidence)

        assert Event.objects.filter(verb=Verb.EVIDENCE_CHECKED).count() == 1
        assert DisplayCopy.objects.get(evidence=evidence).attempts == 1

    def test_speaks_over_a_unix_socket_too(self, settings, tmp_path):
        with fake_clamd(path=tmp_path / "clamd.sock") as address:
            settings.CLAMAV_ADDRESS = address

            assert check(infected()).state == EvidenceState.REFUSED

    def test_sends_every_byte_of_a_large_file(self, scanner):
        content = pdf(b"% " + b"x" * 300_000 + EICAR)

        assert check(EvidenceFactory.create(content=content, name="a.pdf")).state == (
            EvidenceState.REFUSED
        )

    @pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock"])
    def test_holds_while_the_scanner_is_away(self, settings, address):
        settings.CLAMAV_ADDRESS = address

        evidence = check(EvidenceFactory.create())

        assert (evidence.state, evidence.held_because) == ("HELD", HeldBecause.AWAY)
        assert evidence.copy.state == CopyState.WAITING

    def test_holds_when_the_scanner_is_slow(self, settings):
        settings.CLAMAV_SECONDS = 0.2
        with fake_clamd(silent=threading.Event()) as address:
            settings.CLAMAV_ADDRESS = address

            evidence = check(EvidenceFactory.create())

        assert (evidence.state, evidence.held_because) == ("HELD", HeldBecause.SLOW)

    def test_holds_what_is_larger_than_the_scanner_reads(self, settings):
        with fake_clamd(largest=100) as address:
            settings.CLAMAV_ADDRESS = address

            evidence = check(EvidenceFactory.create())

        assert (evidence.state, evidence.held_because) == ("HELD", HeldBecause.UNREADABLE)

    @pytest.mark.parametrize(
        "says",
        [
            b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
            b"INSTREAM: Can't write to temporary file. ERROR",
            b"UNKNOWN COMMAND",
            b"",
        ],
    )
    def test_holds_whatever_is_no_clear_answer(self, settings, says):
        with fake_clamd(says=says or b" ") as address:
            settings.CLAMAV_ADDRESS = address

            evidence = check(EvidenceFactory.create())

        assert (evidence.state, evidence.held_because) == ("HELD", HeldBecause.UNREADABLE)

    def test_holds_what_was_altered_before_it_was_searched(self, scanner, vault_folder):
        evidence = EvidenceFactory.create()
        (vault_folder / evidence.path).unlink()

        assert check(evidence).held_because == HeldBecause.MISSING
        assert Event.objects.filter(verb=Verb.EVIDENCE_ALTERED).count() == 1

    def test_asks_again_later_and_not_at_once(self, settings, rung):
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
        evidence = check(EvidenceFactory.create(at=timezone.now()))
        with fake_clamd() as address:
            settings.CLAMAV_ADDRESS = address

            tasks.sweep_evidence()
            assert rung == []
            assert check(evidence).state == EvidenceState.HELD

            with time_machine.travel(timezone.now() + timedelta(minutes=5)):
                tasks.sweep_evidence()
                assert rung == [evidence.pk]
                assert check(evidence).state == EvidenceState.CLEAN

    def test_lets_go_of_what_was_held_when_the_deployment_gives_up_its_scanner(self, settings):
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
        evidence = EvidenceFactory.create()
        settings.CLAMAV_ADDRESS = ""

        assert check(evidence).state == EvidenceState.CLEAN
        assert evidence.scanned_at is None


class TestDraw:
    def test_stores_a_copy_beside_the_original(self, vault_folder):
        evidence = EvidenceFactory.create(content=photograph(size=(80, 60)))

        tasks.draw(evidence_id=evidence.pk)

        copy = DisplayCopy.objects.get(evidence=evidence)
        assert (copy.state, copy.attempts) == (CopyState.DONE, 1)
        # Turned upright as the camera said.
        assert (copy.width, copy.height) == (60, 80)
        assert (vault_folder / copy.path).stat().st_size > 0
        assert copy.path.startswith("copies/")

    def test_twice_is_once(self):
        evidence = EvidenceFactory.create()

        tasks.draw(evidence_id=evidence.pk)
        tasks.draw(evidence_id=evidence.pk)

        assert evidence.copy.attempts == 0
        assert DisplayCopy.objects.get(evidence=evidence).attempts == 1

    def test_draws_nothing_that_is_held_or_no_picture(self, settings):
        letter = EvidenceFactory.create(content=pdf(), name="a.pdf")
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
        held = EvidenceFactory.create()

        for evidence in (letter, held):
            tasks.draw(evidence_id=evidence.pk)

        assert held.copy.state == CopyState.WAITING
        assert not DisplayCopy.objects.filter(state=CopyState.DONE).exists()

    def test_says_at_once_that_a_damaged_picture_cannot_be_drawn(self):
        evidence = EvidenceFactory.create(content=png_of(400, 400), name="holes.png")

        tasks.draw(evidence_id=evidence.pk)

        copy = DisplayCopy.objects.get(evidence=evidence)
        assert (copy.state, copy.fault) == (CopyState.FAILED, CopyFault.BROKEN)
        assert Event.objects.filter(verb=Verb.EVIDENCE_NOT_DRAWN).count() == 1

    def test_tries_three_times_what_may_yet_be_drawn(self, monkeypatch):
        def fail(*_args):
            raise NotDrawn(CopyFault.MEMORY)

        monkeypatch.setattr(pictures, "redraw", fail)
        evidence = EvidenceFactory.create()

        states = []
        for _ in range(4):
            tasks.draw(evidence_id=evidence.pk)
            states.append(DisplayCopy.objects.get(evidence=evidence).state)

        assert states == ["WAITING", "WAITING", "FAILED", "FAILED"]
        assert DisplayCopy.objects.get(evidence=evidence).attempts == 3

    def test_draws_nothing_from_an_altered_original(self, vault_folder):
        evidence = EvidenceFactory.create()
        stored = vault_folder / evidence.path
        stored.unlink()
        stored.write_bytes(picture(colour="red"))

        tasks.draw(evidence_id=evidence.pk)

        assert DisplayCopy.objects.get(evidence=evidence).fault == CopyFault.ALTERED

    def test_waits_when_the_copy_cannot_be_stored(self, monkeypatch):
        def full(_content):
            raise OSError(28, "No space left on device")

        evidence = EvidenceFactory.create()
        monkeypatch.setattr(vault, "keep_copy", full)

        tasks.draw(evidence_id=evidence.pk)

        copy = DisplayCopy.objects.get(evidence=evidence)
        assert (copy.state, copy.fault) == (CopyState.WAITING, CopyFault.STORAGE)


class TestSweepEvidence:
    def test_rings_for_a_picture_that_nobody_drew(self, rung):
        evidence = EvidenceFactory.create(at=timezone.now() - timedelta(minutes=1))
        EvidenceFactory.create(at=timezone.now())

        tasks.sweep_evidence()

        assert rung == [evidence.pk]

    def test_takes_back_what_a_dead_worker_had_claimed(self):
        evidence = EvidenceFactory.create()
        DisplayCopy.objects.filter(evidence=evidence).update(
            state=CopyState.DRAWING, attempts=1, claimed_at=timezone.now() - timedelta(minutes=1)
        )

        tasks.sweep_evidence()

        copy = DisplayCopy.objects.get(evidence=evidence)
        assert (copy.state, copy.fault) == (CopyState.WAITING, CopyFault.WORKER)


class TestSweepFiles:
    def test_removes_only_old_files_that_no_row_names(self, vault_folder):
        evidence = EvidenceFactory.create(content=photograph())
        tasks.draw(evidence_id=evidence.pk)
        kept = {evidence.path, DisplayCopy.objects.get(evidence=evidence).path}
        orphan, fresh = f"originals/ab/{'ab' * 32}", f"copies/cd/{'cd' * 32}"
        for path in (orphan, fresh):
            (vault_folder / path).parent.mkdir(parents=True, exist_ok=True)
            (vault_folder / path).write_bytes(b"left behind")
        for path in (*kept, orphan):
            os.utime(vault_folder / path, (1, 1))

        tasks.sweep_files()

        assert set(vault.all_paths()) == {*kept, fresh}

    def test_leaves_the_file_of_a_row_that_was_lost_and_then_takes_it(self, vault_folder):
        """A crash between the file and its row leaves a file, and the sweep takes that."""
        with suppress(PowerCut), transaction.atomic():
            EvidenceFactory.create()
            raise PowerCut
        (left,) = vault.all_paths()
        assert not Evidence.objects.exists()
        os.utime(vault_folder / left, (1, 1))

        tasks.sweep_files()

        assert list(vault.all_paths()) == []

    def test_removes_uploads_that_broke_off(self, settings):
        settings.UPLOAD_DIR.mkdir()
        old, new = settings.UPLOAD_DIR / "up-old", settings.UPLOAD_DIR / "up-new"
        for path in (old, new):
            path.write_bytes(b"half")
        os.utime(old, (1, 1))

        tasks.sweep_files()

        assert not old.exists()
        assert new.exists()


class TestRing:
    def test_does_not_mind_that_the_broker_is_away(self, monkeypatch, caplog):
        def away(**_ids):
            raise OSError("connection refused")

        monkeypatch.setattr(tasks.check, "delay", away)

        tasks.ring(evidence_id=7)

        assert "the sweep will" in caplog.text
