"""The kinds of line that sections hold: their form, their deeds, their words on the page."""

from reviews.views.kinds.adversary import ROLES
from reviews.views.kinds.base import Kind, add_typed, refuse
from reviews.views.kinds.findings import FINDINGS
from reviews.views.kinds.planned import MEASURES
from reviews.views.kinds.recommendations import RECOMMENDATIONS
from reviews.views.kinds.timeline import ACCOUNTS, ENTRIES

# A section's first kind is typed on its own page where it is short; the others have their lists.
ALL = (MEASURES, ROLES, ENTRIES, ACCOUNTS, FINDINGS, RECOMMENDATIONS)
KINDS = {kind.slug: kind for kind in ALL}
# Accounts stand beside their entry, never in a list of their own.
LISTED = tuple(kind for kind in ALL if kind is not ACCOUNTS)
BY_LETTER: dict[str, Kind] = {}
for kind in LISTED:
    BY_LETTER.setdefault(kind.letter, kind)


def others_of(letter: str) -> list[Kind]:
    """The kinds of a section after its first."""
    return [each for each in LISTED if each.letter == letter and each is not BY_LETTER[letter]]


__all__ = ["ALL", "BY_LETTER", "KINDS", "Kind", "add_typed", "others_of", "refuse"]
