"""Reading the whole record against its seals, as a stream: memory does not grow with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from audit.models import Leaf, Seal
from audit.sealing import keys, reading
from audit.sealing.canonical import MOMENT
from audit.sealing.checkpoints import NOTHING_BEFORE, checkpoint_of, link_of, moment
from audit.sealing.findings import Finding, Kind
from audit.sealing.merkle import LEAF, WIDTH, Tree
from audit.sealing.printed import short
from audit.sealing.suspects import MOST_TRIED, Suspect, named

Report = Callable[[Finding], None]
SEALS_AT_ONCE = 500
LEAVES_AT_ONCE = 8_192
# Clocks differ, and a deed takes its time from its beginning to its commit.
ALLOWED_DELAY = timedelta(minutes=15)


@dataclass
class Verdict:
    """What one run saw. Only the first findings are kept; all are reported as they are found."""

    first_seal: int = 0
    last_seal: int = 0
    events: int = 0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass
class Walk:
    """Where the run is: the seal before, the tree so far, what is to be looked at again."""

    report: Report
    tree: Tree
    before: Seal | None
    place: int = 0
    suspects: list[Suspect] = field(default_factory=list)


def verify(*, report: Report, start: int = 1, printed: Sequence[str] = ()) -> Verdict:
    """Verify from seal `start` on; `printed` are short roots from paper, as `short_root` gives."""
    verdict = Verdict()

    def tell(finding: Finding) -> None:
        verdict.found += 1
        if len(verdict.findings) < 100:
            verdict.findings.append(finding)
        report(finding)

    with reading.whole_record():
        before = Seal.objects.filter(number__lt=start).order_by("-number").first()
        walk = Walk(tell, _tree_at(before) if before else Tree(), before)
        walk.place = walk.tree.size
        verdict.first_seal = start
        verdict.events = _walk(walk, start, set(printed))
        for finding in named(walk.suspects):
            tell(finding)
        if walk.before is not None:
            verdict.last_seal = walk.before.number
            _behind_the_last(walk, walk.before)
    return verdict


def _walk(walk: Walk, start: int, printed: set[str]) -> int:
    """Every seal with its leaves; how many events were read."""
    events = 0
    trusted = keys.trusted_keys()
    for seals in _in_parts(start):
        rows = reading.Places(walk.place, seals[-1].size)
        for seal in seals:
            _check_seal(walk, seal, trusted)
            events += _check_leaves(walk, seal, rows.until(seal.size))
            printed.discard(short(seal.number, bytes(seal.root)))
            walk.before = seal
        rows.finish()
    for each in sorted(printed):
        walk.report(Finding(Kind.PRINTED, seal=_number_in(each)))
    return events


def _in_parts(start: int) -> Iterator[list[Seal]]:
    """Seals in their order, some hundred at a time."""
    following = start
    while seals := list(
        Seal.objects.filter(number__gte=following).order_by("number")[:SEALS_AT_ONCE]
    ):
        yield seals
        following = seals[-1].number + 1


def _check_seal(walk: Walk, seal: Seal, trusted: dict[str, bytes]) -> None:
    before = walk.before
    expected = (before.number + 1, link_of(before)) if before else (1, NOTHING_BEFORE)
    follows = (seal.number, bytes(seal.previous)) == expected
    if before is not None:
        follows = follows and seal.size > before.size and seal.sealed_at >= before.sealed_at
    if not follows:
        walk.report(Finding(Kind.CHAIN, seal=seal.number))
    public = trusted.get(seal.key_id)
    if public is None:
        walk.report(Finding(Kind.KEY, seal=seal.number))
    elif not keys.is_signed(public, bytes(seal.signature), checkpoint_of(seal).text()):
        walk.report(Finding(Kind.SIGNATURE, seal=seal.number))


def _check_leaves(walk: Walk, seal: Seal, rows: Iterator[reading.Row]) -> int:
    """Each event against the hash that it had, and all hashes against the root."""
    late, cutoff = _limits(walk, seal)
    place, digest, when, count = walk.place, sha256, MOMENT, 0
    leaves: list[bytes] = []
    for row in rows:
        position, _event, leaf, content, transaction = row
        place += 1
        count += 1
        if position != place:
            _report_gap(walk, seal, place, position)
            place = position
        leaves.append(leaf)
        if (
            content is None
            or digest(LEAF + content).digest() != leaf
            or transaction < late
            or content[when] < cutoff
        ):
            _judge(walk, seal, row, late)
        if len(leaves) == LEAVES_AT_ONCE:
            walk.tree.add(b"".join(leaves))
            leaves.clear()
    walk.tree.add(b"".join(leaves))
    _report_gap(walk, seal, place + 1, seal.size + 1)
    walk.place = seal.size
    _check_root(walk, seal)
    return count


def _limits(walk: Walk, seal: Seal) -> tuple[int, bytes]:
    """The lowest transaction and the earliest moment that an event new in this seal may have.

    Where transactions are counted from lower on than before, the database was moved to another
    server, and their numbers say nothing.
    """
    before = walk.before
    if before is None:
        return 0, b""
    late = before.horizon if before.horizon <= seal.horizon else 0
    return late, moment(before.sealed_at - ALLOWED_DELAY).encode()


def _judge(walk: Walk, seal: Seal, row: reading.Row, late: int) -> None:
    """Say what is wrong with an event, or keep it to be looked at among the others."""
    position, event, leaf, content, transaction = row
    if content is None:
        walk.report(Finding(Kind.MISSING, seal.number, event, position))
    elif sha256(LEAF + content).digest() != leaf:
        if len(walk.suspects) < MOST_TRIED:
            walk.suspects.append(Suspect(seal.number, position, event, leaf, content))
        else:
            walk.report(Finding(Kind.ALTERED, seal.number, event, position))
    elif transaction < late:
        walk.report(Finding(Kind.FORGED, seal.number - 1, event, position))
    else:
        walk.report(Finding(Kind.BACKDATED, seal.number, event, position))


def _report_gap(walk: Walk, seal: Seal, place: int, until: int) -> None:
    for empty in range(place, until):
        walk.report(Finding(Kind.PLACE, seal.number, place=empty))


def _check_root(walk: Walk, seal: Seal) -> None:
    """After a wrong root the tree goes on from the seal's own frontier, if that is sound."""
    if walk.tree.size == seal.size and walk.tree.root() == bytes(seal.root):
        return
    walk.report(Finding(Kind.ROOT, seal=seal.number))
    walk.tree = _tree_at(seal)


def _tree_at(seal: Seal) -> Tree:
    """The tree as the seal left it; one without leaves in it where its frontier is no good."""
    try:
        return Tree(seal.size, bytes(seal.frontier))
    except ValueError:
        return Tree(seal.size, bytes(WIDTH * seal.size.bit_count()))


def _behind_the_last(walk: Walk, last: Seal) -> None:
    """What no seal holds: leaves that nobody sealed, events that should have been sealed."""
    for leaf in Leaf.objects.filter(position__gt=last.size).order_by("position").iterator():
        walk.report(Finding(Kind.LOOSE, event=leaf.event_id, place=leaf.position))
    cutoff = moment(last.sealed_at - ALLOWED_DELAY).encode()
    horizon = last.horizon if reading.oldest_transaction() >= last.horizon else 0
    for event, content, transaction in reading.unsealed():
        if transaction < horizon:
            walk.report(Finding(Kind.FORGED, last.number, event))
        elif content[MOMENT] < cutoff:
            walk.report(Finding(Kind.BACKDATED, last.number, event))


def _number_in(printed: str) -> int | None:
    number = printed.split(" ", maxsplit=1)[0]
    return int(number) if number.isdecimal() else None
