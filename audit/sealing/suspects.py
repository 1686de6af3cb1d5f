"""Events whose hash is not that of their place: altered, or only moved?"""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.sealing.findings import Finding, Kind
from audit.sealing.merkle import leaf_hash

# Each is tried in the place of each other, so their number is held down; those beyond it count as
# altered.
MOST_TRIED = 300


@dataclass(frozen=True)
class Suspect:
    """A place of the tree whose event does not give the hash that was sealed."""

    seal: int
    place: int
    event: int
    leaf: bytes
    content: bytes


def named(suspects: list[Suspect]) -> Iterator[Finding]:
    """Each by its right name: a moved event is whole, under another number or at another place."""
    sealed = {each.leaf for each in suspects}
    for each in suspects:
        moved = not sealed.isdisjoint(_hashes(each, suspects))
        kind = Kind.REORDERED if moved else Kind.ALTERED
        yield Finding(kind, each.seal, each.event, each.place)


def _hashes(suspect: Suspect, others: list[Suspect]) -> set[bytes]:
    """The hashes that its content would have under its own number and those of the others."""
    moment, _number, rest = suspect.content.split(b", ", 2)
    return {leaf_hash(suspect.content)} | {
        leaf_hash(b", ".join((moment, str(other.event).encode(), rest))) for other in others
    }
