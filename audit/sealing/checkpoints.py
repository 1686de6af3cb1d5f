"""The text of a checkpoint: what is signed, and what the next one is chained to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from audit.models import Seal

FORM = "aar-checkpoint-1"
NOTHING_BEFORE = bytes(32)


@dataclass(frozen=True)
class Checkpoint:
    """All that a seal states."""

    number: int
    size: int
    root: bytes
    horizon: int
    sealed_at: datetime
    previous: bytes
    key_id: str

    def text(self) -> bytes:
        """The bytes that are signed: a line for each statement."""
        lines = (
            FORM,
            f"number {self.number}",
            f"size {self.size}",
            f"root {self.root.hex()}",
            f"horizon {self.horizon}",
            f"sealed {moment(self.sealed_at)}",
            f"previous {self.previous.hex()}",
            f"key {self.key_id}",
        )
        return ("\n".join(lines) + "\n").encode()


def moment(at: datetime) -> str:
    """A moment in UTC, always with its microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def checkpoint_of(seal: Seal) -> Checkpoint:
    """What a stored seal states."""
    return Checkpoint(
        number=seal.number,
        size=seal.size,
        root=bytes(seal.root),
        horizon=seal.horizon,
        sealed_at=seal.sealed_at,
        previous=bytes(seal.previous),
        key_id=seal.key_id,
    )


def link(text: bytes, signature: bytes) -> bytes:
    """What the next checkpoint is chained to."""
    return sha256(text + signature).digest()


def link_of(seal: Seal) -> bytes:
    """The same, of a stored seal."""
    return link(checkpoint_of(seal).text(), bytes(seal.signature))
