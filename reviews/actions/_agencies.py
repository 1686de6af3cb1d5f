"""Which agency of this deployment a typed name means."""

from collections.abc import Iterable

from agencies.models import Agency


def agencies_called(names: Iterable[str]) -> dict[str, Agency]:
    """Active agencies by the folded name, Urdu name or code that was typed; in one query."""
    wanted = {folded(name) for name in names} - {""}
    found: dict[str, Agency] = {}
    if not wanted:
        return found
    for agency in Agency.objects.active().order_by("pk"):
        for name in map(folded, (agency.code, agency.name, agency.name_ur)):
            if name in wanted:
                found.setdefault(name, agency)
    return found


def folded(name: str) -> str:
    """The same name however it was spaced or capitalised."""
    return " ".join(name.split()).casefold()
