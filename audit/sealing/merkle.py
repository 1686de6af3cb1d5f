"""The tree of RFC 9162, section 2.1.1: SHA-256, leaves and nodes hashed apart.

It grows from the left; of what is whole only the roots are kept, the frontier, so that a tree of a
billion leaves takes thirty hashes.
"""

from collections.abc import Iterable
from hashlib import sha256

LEAF = b"\x00"
NODE = b"\x01"
WIDTH = 32


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(LEAF + content).digest()


class Tree:
    """A tree that takes leaves and says its root."""

    def __init__(self, size: int = 0, frontier: bytes = b"") -> None:
        self.size = size
        self.peaks = [frontier[at : at + WIDTH] for at in range(0, len(frontier), WIDTH)]
        if len(self.peaks) != size.bit_count():
            raise ValueError("This frontier is not of a tree of this size.")

    def add(self, leaves: Iterable[bytes]) -> None:
        """Put the hashes of leaves at the end."""
        peaks, size, digest = self.peaks, self.size, sha256
        push, pop = peaks.append, peaks.pop
        for leaf in leaves:
            node = leaf
            below = size
            while below & 1:
                node = digest(NODE + pop() + node).digest()
                below >>= 1
            push(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """The root over all leaves so far; the hash of nothing for an empty tree."""
        if not self.peaks:
            return sha256().digest()
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = sha256(NODE + peak + node).digest()
        return node

    @property
    def frontier(self) -> bytes:
        """All that is needed to go on later."""
        return b"".join(self.peaks)
