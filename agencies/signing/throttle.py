"""Failed tries, held back longer each time.

The database counts, so that losing the cache resets nothing. A try is counted before it is checked:
a hundred at once get no further than a hundred in a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.utils.translation import ngettext

from agencies.choices import TryKind
from agencies.models import Tries
from agencies.models.signing import REMEMBERED_FOR
from agencies.signing.vault import fingerprint
from core.errors import RuleBroken

# How many tries are free before the first wait.
FREE = {TryKind.ACCOUNT: 5, TryKind.ADDRESS: 30, TryKind.DEVICE: 10, TryKind.FACTOR: 5}
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)
DOUBLINGS = 6


@dataclass(frozen=True)
class Gate:
    """One count of tries."""

    kind: TryKind
    of: str

    @property
    def key(self) -> str:
        """How the table names it."""
        return fingerprint(self.of, purpose=f"tries.{self.kind}")


class HeldBack(RuleBroken):
    """Too many tries; the sentence says when to try again and nothing about any account."""

    def __init__(self, until: datetime, at: datetime) -> None:
        minutes = max(1, ceil((until - at).total_seconds() / 60))
        super().__init__(
            ngettext(
                "Too many tries. Try again in a minute.",
                "Too many tries. Try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )


@transaction.atomic
def take(gates: Sequence[Gate], *, at: datetime) -> None:
    """Count one try at each gate. Raises HeldBack, and counts nothing, while one is closed."""
    rows = [_locked(gate, at) for gate in _ordered(gates)]
    for row in rows:
        if row.held_until and row.held_until > at:
            raise HeldBack(row.held_until, at)
    for row in rows:
        stale = row.last_at < at - REMEMBERED_FOR
        _count(row, 1 if stale else row.failures + 1, at)


@transaction.atomic
def forgive(gates: Sequence[Gate], *, at: datetime) -> None:
    """The try was a good one: the person's own counts start anew, an address loses one try.

    An address is not cleared: whoever owns one account could else guess at others for ever.
    """
    for gate in _ordered(gates):
        row = _locked(gate, at)
        if gate.kind == TryKind.ADDRESS:
            _count(row, max(0, row.failures - 1), at)
        else:
            row.delete()


def _ordered(gates: Sequence[Gate]) -> list[Gate]:
    """Always locked in one order, so that two requests never wait for each other."""
    return sorted(gates, key=lambda gate: (TryKind.values.index(gate.kind), gate.key))


def _locked(gate: Gate, at: datetime) -> Tries:
    fresh = Tries(kind=gate.kind, key=gate.key, last_at=at)
    Tries.objects.bulk_create([fresh], ignore_conflicts=True)
    return Tries.objects.select_for_update().get(kind=gate.kind, key=gate.key)


def _count(row: Tries, failures: int, at: datetime) -> None:
    over = failures - FREE[TryKind(row.kind)]
    row.failures, row.last_at = failures, at
    row.held_until = None if over < 0 else at + min(LONGEST, SHORTEST * 2 ** min(over, DOUBLINGS))
    row.save(update_fields=["failures", "last_at", "held_until"])
