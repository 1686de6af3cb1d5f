"""The kinds of line that sections hold: their form, their deeds, their words on the page."""

from reviews.models import Review
from reviews.views.kinds.adversary import ADVERSARY, ROLES
from reviews.views.kinds.base import Kind, add_typed, refuse
from reviews.views.kinds.families import CARE
from reviews.views.kinds.findings import FINDINGS, PARTS_OF_FINDING, RATINGS
from reviews.views.kinds.header import BODIES, EXCLUSIONS, SOURCES_ASKED, SOURCES_HEARD
from reviews.views.kinds.justice import JUSTICE
from reviews.views.kinds.planned import ALERTS, DECISIONS, MEASURES, OCCASIONS, PLANS, RESOURCES
from reviews.views.kinds.recommendations import RECOMMENDATIONS
from reviews.views.kinds.remedies import PARTS, STAGES
from reviews.views.kinds.timeline import ACCOUNTS, ENTRIES

# A section's first kind is typed on its own page where it is short; those that have a template of
# their own (`listed`) have their lists.
ALL = (
    *(BODIES, EXCLUSIONS, SOURCES_HEARD, SOURCES_ASKED),
    *(MEASURES, ALERTS, PLANS, OCCASIONS, DECISIONS, RESOURCES),
    *(ROLES, ADVERSARY),
    *(ENTRIES, ACCOUNTS, FINDINGS, RATINGS),
    *(RECOMMENDATIONS, PARTS, STAGES, CARE, JUSTICE),
)
# What hangs from a line of another kind stands on that line's page, never in a list of its own.
KINDS = {kind.slug: kind for kind in (*ALL, *PARTS_OF_FINDING)}
# Accounts stand beside their entry, parts and stages beside their recommendation.
BESIDE = (ACCOUNTS, PARTS, STAGES)
LISTED = tuple(kind for kind in ALL if kind not in BESIDE)
BY_LETTER: dict[str, Kind] = {}
for kind in LISTED:
    if not kind.listed:
        BY_LETTER.setdefault(kind.letter, kind)


def others_of(letter: str) -> list[Kind]:
    """The kinds of a section beside its first, if it has one."""
    first = BY_LETTER.get(letter)
    return [each for each in LISTED if each.letter == letter and each is not first]


def holds_lines(letter: str, review: Review) -> bool:
    """Whether the section holds a line of any kind."""
    return any(each.rows(review).exists() for each in LISTED if each.letter == letter)


__all__ = [
    "ALL",
    "BY_LETTER",
    "KINDS",
    "PARTS_OF_FINDING",
    "Kind",
    "add_typed",
    "holds_lines",
    "others_of",
    "refuse",
]
