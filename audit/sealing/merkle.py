"""The tree of RFC 9162, section 2.1.1: SHA-256, leaves and nodes hashed apart.

It grows from the left; of what is whole only the roots are kept, the frontier, so that a tree of a
billion leaves takes thirty hashes.
"""

from hashlib import sha256

LEAF = b"\x00"
NODE = b"\x01"
WIDTH = 32
# So many leaves are taken level by level, which is twice as fast as leaf by leaf. A power of two.
TOGETHER = 1024


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

    def add(self, leaves: bytes) -> None:
        """Put the hashes of leaves at the end, one after the other."""
        start = 0
        while start < len(leaves):
            whole = self.size % TOGETHER == 0 and start + TOGETHER * WIDTH <= len(leaves)
            count = TOGETHER if whole else 1
            end = start + count * WIDTH
            self._push(_top(leaves[start:end]), count)
            start = end

    def _push(self, node: bytes, leaves: int) -> None:
        """Put a whole subtree of so many leaves at the end."""
        below = self.size // leaves
        while below & 1:
            node = sha256(NODE + self.peaks.pop() + node).digest()
            below >>= 1
        self.peaks.append(node)
        self.size += leaves

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


def _top(level: bytes) -> bytes:
    """The root over a power of two of hashes."""
    digest, pair = sha256, 2 * WIDTH
    while len(level) > WIDTH:
        level = b"".join(
            [digest(NODE + level[at : at + pair]).digest() for at in range(0, len(level), pair)]
        )
    return level
