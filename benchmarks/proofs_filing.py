"""Several people write in one section, two hundred edits in any order: no edit is lost."""

from time import perf_counter

from hypothesis import given, settings

from benchmarks.table import Proof
from tests.reviews.crowd import nothing_is_lost, sessions

ORDERS = 2_000
EDITS = 200


def prove() -> Proof:
    """Every text that anybody saved stands, was kept, or was shown."""
    edits = 0

    @given(sessions(longest=EDITS))
    @settings(max_examples=ORDERS, deadline=None, database=None)
    def tried(found: list[tuple[int, str, int]]) -> None:
        nonlocal edits
        edits += len(found)
        nothing_is_lost(found)

    begun = perf_counter()
    try:
        tried()
    except AssertionError as lost:
        return Proof("no interleaving of 200 edits loses one", f"lost: {lost}"[:60], holds=False)
    figure = f"{edits:,} edits, {ORDERS:,} orders, {perf_counter() - begun:.0f} s"
    return Proof("no interleaving of 200 edits loses one", figure, holds=True)
