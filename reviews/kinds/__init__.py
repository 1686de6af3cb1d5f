"""The kinds of line that sections hold: their form, their deeds, their words on the page."""

from reviews.kinds.adversary import ADVERSARY, ROLES
from reviews.kinds.base import Kind, add_typed, form_of, refuse
from reviews.kinds.families import CARE, DEATHS
from reviews.kinds.findings import FINDINGS, PARTS_OF_FINDING, RATINGS
from reviews.kinds.header import BODIES, EXCLUSIONS, SOURCES_ASKED, SOURCES_HEARD
from reviews.kinds.inquiry import REPORTS, SITTINGS
from reviews.kinds.justice import JUSTICE
from reviews.kinds.planned import ALERTS, DECISIONS, MEASURES, OCCASIONS, PLANS, RESOURCES
from reviews.kinds.recommendations import RECOMMENDATIONS
from reviews.kinds.remedies import PARTS, REPLIES, STAGES
from reviews.kinds.timeline import ACCOUNTS, ENTRIES
from reviews.models import Review

# A section's first kind is typed on its own page where it is short; those that have a template of
# their own (`listed`) have their lists.
ALL = (
    *(REPORTS, SITTINGS, BODIES, EXCLUSIONS, SOURCES_HEARD, SOURCES_ASKED),
    *(MEASURES, ALERTS, PLANS, OCCASIONS, DECISIONS, RESOURCES),
    *(ROLES, ADVERSARY),
    *(ENTRIES, ACCOUNTS, FINDINGS, RATINGS),
    *(RECOMMENDATIONS, PARTS, STAGES, REPLIES, CARE, DEATHS, JUSTICE),
)
# What hangs from a line of another kind stands on that line's page, never in a list of its own.
KINDS = {kind.slug: kind for kind in (*ALL, *PARTS_OF_FINDING)}
# Accounts stand beside their entry; parts, stages and replies beside their recommendation.
BESIDE = (ACCOUNTS, PARTS, STAGES, REPLIES)
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
    "form_of",
    "holds_lines",
    "others_of",
    "refuse",
]
