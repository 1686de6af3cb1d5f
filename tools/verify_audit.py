#!/usr/bin/env python3
"""Verify an exported record of deeds, anywhere: Python's standard library and nothing else.

    python3 verify_audit.py record.jsonl --key <public key> --printed '12 · 3f2a 91bc 77de 0a41'

A line for each thing that is wrong; ends with 0 when the record is sound, with 1 when not. The form
of the file, and of what is hashed and signed, is told in docs/record.md; this program was written
from there and shares no code with the product.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ALLOWED_DELAY = timedelta(minutes=15)
MOST_TRIED = 300
SENTENCES = {
    "altered": "Event {event} was altered after seal {seal}.",
    "missing": "Event {event}, sealed by seal {seal}, is gone.",
    "reordered": "Event {event} was moved from its place in seal {seal}.",
    "backdated": "Event {event} says that it is older than a seal without it.",
    "forged": "Event {event} was put in behind seal {seal}, which should hold it.",
    "place": "Place {place} of seal {seal} is empty: its leaf is gone.",
    "loose": "Event {event} has place {place} in the tree, which no seal covers.",
    "root": "The leaves of seal {seal} do not give its root: they were altered.",
    "chain": "Seal {seal} does not follow the one before it.",
    "signature": "The signature of seal {seal} is not valid.",
    "key": "Seal {seal} is signed by a key that is not trusted.",
    "printed": "Seal {seal} is not the one that was printed.",
}

# --- Ed25519, RFC 8032, section 5.1 ---------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
# Points in extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z.
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(factor: int, point: Point) -> Point:
    """A point added to itself so often."""
    total = NEUTRAL
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


def recover_x(y: int, sign: int) -> int | None:
    """The x that belongs to a y; None where there is none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def decompress(raw: bytes) -> Point | None:
    """The point that 32 bytes name; None where they name none."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, -1, P) % P
BASE_X = recover_x(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the signature is that key's under this text."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + text).digest()
    ours = times(s, BASE)
    theirs = add(r, times(int.from_bytes(digest, "little") % ORDER, key))
    return not (
        (ours[0] * theirs[2] - theirs[0] * ours[2]) % P
        or (ours[1] * theirs[2] - theirs[1] * ours[2]) % P
    )


# --- The tree, RFC 9162, section 2.1.1 ------------------------------------------------------------


def leaf_hash(content: bytes) -> bytes:
    """The hash of an event."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two parts of the tree."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The roots of the whole parts, from the left, the largest first."""

    def __init__(self, size: int = 0, frontier: bytes = b"") -> None:
        self.size = size
        self.peaks = [frontier[at : at + 32] for at in range(0, len(frontier), 32)]
        if len(self.peaks) != size.bit_count():
            self.peaks = [bytes(32)] * size.bit_count()

    def add(self, leaf: bytes) -> None:
        """Put a leaf at the end."""
        below = self.size
        while below & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            below >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves."""
        if not self.peaks:
            return hashlib.sha256().digest()
        node = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            node = node_hash(peak, node)
        return node


# --- The file -------------------------------------------------------------------------------------


class Seal:
    """A checkpoint of the file."""

    def __init__(self, line: dict[str, Any]) -> None:
        self.text = line["checkpoint"].encode()
        self.signature = bytes.fromhex(line["signature"])
        self.frontier = bytes.fromhex(line["frontier"])
        form, *lines = line["checkpoint"].splitlines()
        if form != "aar-checkpoint-1":
            raise SystemExit(f"This program does not know checkpoints of the form {form}.")
        stated = dict(each.split(" ", 1) for each in lines)
        self.number, self.size = int(stated["number"]), int(stated["size"])
        self.horizon, self.key = int(stated["horizon"]), stated["key"]
        self.root, self.previous = stated["root"], stated["previous"]
        self.sealed = datetime.fromisoformat(stated["sealed"])
        self.link = hashlib.sha256(self.text + self.signature).hexdigest()
        digits = self.root[:16]
        groups = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
        self.short = f"{self.number} · {groups}"

    @property
    def cutoff(self) -> str:
        """An event that is not in this seal is not older than this."""
        return (self.sealed - ALLOWED_DELAY).strftime("%Y-%m-%dT%H:%M:%S.%f")


class Verifier:
    """Reads the file once, line by line; keeps the tree, the last seal, and a few suspects."""

    def __init__(self, trusted: list[str]) -> None:
        self.found = self.events = 0
        self.trusted = {hashlib.sha256(bytes.fromhex(key)).hexdigest()[:16]: key for key in trusted}
        self.takes_keys = not trusted
        self.tree = Tree()
        self.before: Seal | None = None
        self.seal: Seal | None = None
        self.place = self.oldest = 0
        # (line, content, number of the seal)
        self.suspects: list[tuple[dict[str, Any], bytes, int]] = []
        self.shorts: set[str] = set()

    def report(self, kind: str, **where: int | None) -> None:
        """One line."""
        self.found += 1
        blank = {"seal": None, "event": None, "place": None}
        sys.stdout.write(f"{kind}: {SENTENCES[kind].format(**blank | where)}\n")

    def read(self, lines: Iterator[bytes]) -> None:
        """The whole file: each checkpoint stands before its leaves."""
        for raw in lines:
            line = json.loads(raw)
            if "place" in line:
                self.leaf(line, raw.partition(b'"content": ')[2].rstrip()[:-1])
            elif "checkpoint" in line:
                self.finish()
                self.seal = Seal(line)
                self.check(self.seal)
            else:
                self.other(line)
        self.finish()
        self.name_suspects()

    def other(self, line: dict[str, Any]) -> None:
        """The head, keys, and what lies behind the last seal."""
        if "form" in line:
            if line["form"] != "aar-record-1":
                raise SystemExit(f"This program does not know the form {line['form']}.")
            self.oldest = line["oldest_transaction"]
        elif "key" in line and self.takes_keys:
            self.trusted[line["key"]] = line["public"]
        elif "loose" in line:
            self.finish()
            self.report("loose", event=line["event"], place=line["loose"])
        elif "unsealed" in line:
            self.finish()
            self.events += 1
            self.unsealed(line["unsealed"], line["content"])

    def finish(self) -> None:
        """All leaves of the seal were read: they must give its root."""
        seal, self.seal = self.seal, None
        if seal is None:
            return
        self.gap(seal, self.place + 1, seal.size + 1)
        self.place = seal.size
        if self.tree.size != seal.size or self.tree.root().hex() != seal.root:
            self.report("root", seal=seal.number)
            self.tree = Tree(seal.size, seal.frontier)
        self.shorts.add(seal.short)
        self.before = seal

    def check(self, seal: Seal) -> None:
        """Chain and signature."""
        last = self.before
        follows = (seal.number, seal.previous) == (
            (last.number + 1, last.link) if last else (1, "0" * 64)
        )
        if last:
            follows = follows and seal.size > last.size and seal.sealed >= last.sealed
        if not follows:
            self.report("chain", seal=seal.number)
        public = self.trusted.get(seal.key)
        if public is None:
            self.report("key", seal=seal.number)
        elif not is_signed(bytes.fromhex(public), seal.signature, seal.text):
            self.report("signature", seal=seal.number)

    def leaf(self, line: dict[str, Any], content: bytes) -> None:
        """An event against the hash that it had."""
        seal = self.seal
        if seal is None:
            raise SystemExit("A leaf stands before the first checkpoint: this is no record.")
        self.events += 1
        self.gap(seal, self.place + 1, line["place"])
        self.place = line["place"]
        leaf = bytes.fromhex(line["hash"])
        self.tree.add(leaf)
        where = {"seal": seal.number, "event": line["event"], "place": line["place"]}
        last = self.before
        if line["content"] is None:
            self.report("missing", **where)
        elif leaf_hash(content) != leaf:
            if len(self.suspects) < MOST_TRIED:
                self.suspects.append((line, content, seal.number))
            else:
                self.report("altered", **where)
        elif last and last.horizon <= seal.horizon and line["content"][-2] < last.horizon:
            self.report("forged", **where | {"seal": last.number})
        elif last and line["content"][0] < last.cutoff:
            self.report("backdated", **where)

    def gap(self, seal: Seal, place: int, until: int) -> None:
        """Places without a leaf."""
        for empty in range(place, until):
            self.report("place", seal=seal.number, place=empty)

    def unsealed(self, event: int, content: list[Any]) -> None:
        """What no seal holds must be young."""
        last = self.before
        if last is None:
            return
        if self.oldest >= last.horizon and content[-2] < last.horizon:
            self.report("forged", seal=last.number, event=event)
        elif content[0] < last.cutoff:
            self.report("backdated", seal=last.number, event=event)

    def name_suspects(self) -> None:
        """An event is whole but moved when it fits another place, or another number."""
        sealed = {line["hash"] for line, _, _ in self.suspects}
        for line, content, number in self.suspects:
            moment, _, rest = content.split(b", ", 2)
            tried = [content] + [
                b", ".join((moment, str(other["event"]).encode(), rest))
                for other, _, _ in self.suspects
            ]
            moved = any(leaf_hash(each).hex() in sealed for each in tried)
            kind = "reordered" if moved else "altered"
            self.report(kind, seal=number, event=line["event"], place=line["place"])


def main() -> int:
    """Read, say what is wrong, and end with 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file")
    parser.add_argument(
        "--key", action="append", default=[], help="a public key that is trusted (hexadecimal)"
    )
    parser.add_argument("--printed", action="append", default=[], help="a seal as it was printed")
    given = parser.parse_args()
    verifier = Verifier(given.key)
    with Path(given.file).open("rb") as file:
        verifier.read(iter(file))
    for each in sorted(set(given.printed) - verifier.shorts):
        number = each.split(" ", 1)[0]
        verifier.report("printed", seal=int(number) if number.isdecimal() else None)
    if verifier.takes_keys:
        sys.stdout.write("The keys were taken from the file; --key gives one that is trusted.\n")
    last = verifier.before.number if verifier.before else 0
    sys.stdout.write(
        f"{verifier.events} events under seals 1 to {last} read: {verifier.found} found wrong.\n"
    )
    return 1 if verifier.found else 0


if __name__ == "__main__":
    sys.exit(main())
