"""The verifier that stands alone finds what the product finds, from a file."""

import importlib.util
import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import Leaf, Seal
from audit.sealing import keys
from audit.sealing.making import seal_events
from audit.sealing.printed import short_root
from stack.home import PROJECT
from tests.audit.keeper import superuser
from tests.audit.record_story import deed, found

TOOL = PROJECT / "tools" / "verify_audit.py"


def load_tool():
    spec = importlib.util.spec_from_file_location("offline_verifier", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()

# RFC 8032, section 7.1: secret key (not needed to verify), public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
            "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
            "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


class TestSignatures:
    @pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
    def test_are_those_of_the_standard(self, public, message, signature):
        key, text, signed = (bytes.fromhex(each) for each in (public, message, signature))

        assert tool.is_signed(key, signed, text)
        assert not tool.is_signed(key, signed, text + b"x")
        assert not tool.is_signed(key, signed[:32] + bytes(32), text)
        assert not tool.is_signed(bytes(32), signed, text)

    def test_with_a_number_above_the_order_are_refused(self):
        public, message, signature = (bytes.fromhex(each) for each in VECTORS[1])
        number = int.from_bytes(signature[32:], "little") + tool.ORDER
        forged = signature[:32] + number.to_bytes(32, "little")

        assert not tool.is_signed(public, forged, message)

    def test_agree_with_the_library(self):
        key = keys.signing_key()

        for n in range(20):
            text = bytes([n]) * n
            assert tool.is_signed(keys.public_bytes(key), key.sign(text), text)
            assert not tool.is_signed(keys.public_bytes(key), key.sign(text), text + b"!")


@pytest.fixture
def sealed(transactional_db):
    events = [deed(note='a "quoted" word'), deed(note="اردو \\ \n")]
    seal_events()
    events += [deed(), deed(), deed()]
    seal_events()
    return [*events, deed()]


def offline(tmp_path, *options):
    """Its exit code and its lines of findings, on a fresh export."""
    path = tmp_path / "record.jsonl"
    call_command("export_audit", str(path), stdout=StringIO())
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(TOOL), str(path), *options],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert not run.stderr
    return run.returncode, [
        line
        for line in run.stdout.splitlines()
        if ": Event" in line or line.split(":")[0] in tool.SENTENCES
    ]


TAMPERINGS = {
    "altered": ["UPDATE audit_event SET data = '{{}}' WHERE id = {first}"],
    "missing": ["DELETE FROM audit_event WHERE id = {first}"],
    "numbers exchanged": [
        "UPDATE audit_event SET id = -1 WHERE id = {first}",
        "UPDATE audit_event SET id = {first} WHERE id = {third}",
        "UPDATE audit_event SET id = {third} WHERE id = -1",
    ],
    "forged": [
        (
            "INSERT INTO audit_event (at, verb, actor_name, target_type, target_ref, data,"
            " transaction_id) VALUES (now(), 'user.changed', '', 'x.y', '', '{{}}', 4)"
        )
    ],
    "backdated": [
        (
            "INSERT INTO audit_event (at, verb, actor_name, target_type, target_ref, data)"
            " VALUES ('2020-01-01Z', 'user.changed', '', 'x.y', '', '{{}}')"
        )
    ],
    "a leaf gone": ["DELETE FROM audit_leaf WHERE event_id = {third}"],
    "a leaf too many": ["INSERT INTO audit_leaf (position, event_id, hash) VALUES (99, 9, '')"],
    "event and leaf": [
        "UPDATE audit_event SET data = '{{}}' WHERE id = {first}",
        "UPDATE audit_leaf SET hash = sha256('') WHERE event_id = {first}",
    ],
    "the signature": ["UPDATE audit_seal SET signature = sha512('') WHERE number = 2"],
    "the first seal gone": ["DELETE FROM audit_seal WHERE number = 1"],
}


class TestOffline:
    def test_finds_nothing_in_a_sound_record(self, sealed, tmp_path):
        assert offline(tmp_path) == (0, [])

    @pytest.mark.parametrize("name", TAMPERINGS)
    def test_finds_what_the_product_finds(self, sealed, tmp_path, name):
        numbers = {"first": sealed[0].pk, "third": sealed[2].pk}
        with superuser() as intruder:
            for statement in TAMPERINGS[name]:
                intruder.execute(statement.format(**numbers))

        code, lines = offline(tmp_path)

        assert code == 1
        assert sorted(lines) == sorted(f"{each.kind.value}: {each}" for each in found())

    def test_trusts_the_key_that_is_given_only(self, sealed, tmp_path):
        right = keys.public_bytes(keys.signing_key()).hex()

        assert offline(tmp_path, "--key", right) == (0, [])
        assert offline(tmp_path, "--key", "66" * 32)[0] == 1

    def test_knows_the_paper(self, sealed, tmp_path):
        assert offline(tmp_path, "--printed", short_root()) == (0, [])
        assert offline(tmp_path, "--printed", "2 · 0000 0000 0000 0000") == (
            1,
            ["printed: Seal 2 is not the one that was printed."],
        )

    def test_finds_a_line_altered_in_the_file_itself(self, sealed, tmp_path):
        offline(tmp_path)
        path = tmp_path / "record.jsonl"
        path.write_bytes(path.read_bytes().replace(b'a \\"quoted\\" word', b'a \\"guoted\\" word'))

        run = subprocess.run(
            [sys.executable, str(TOOL), str(path)], capture_output=True, text=True, check=False
        )

        assert run.returncode == 1
        assert "altered: Event" in run.stdout


def test_the_export_holds_all_that_is_needed(sealed, tmp_path):
    path = tmp_path / "record.jsonl"
    call_command("export_audit", str(path), stdout=StringIO())

    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    assert lines[0]["form"] == "aar-record-1"
    assert sum("checkpoint" in line for line in lines) == Seal.objects.count()
    assert sum("place" in line for line in lines) == Leaf.objects.count()
    assert sum("unsealed" in line for line in lines) == 2
