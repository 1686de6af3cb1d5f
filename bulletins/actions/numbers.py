"""Numbers of products: LB-2026-0007, counted by kind and year without a gap for a refused deed."""

from agencies.numbers import next_number
from bulletins.models import Brief, Bulletin, Export


def next_reference(
    model: type[Bulletin] | type[Brief] | type[Export], prefix: str, year: int
) -> str:
    """The next free number of its kind and year."""
    start = f"{prefix}-{year}-"
    return f"{start}{next_number(model, start):04d}"
