"""Rules of the review that need no person: its clock, its tier, who can own a recommendation."""

import re
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incidents.choices import CasualtyState
from incidents.models import CasualtyCount, Incident
from reviews.choices import ReviewTier

# Ten or more killed is a major incident; any killed asks for a standard review.
MAJOR_KILLED = 10
# Characters of a form half typed: about sixty printed pages.
LARGEST_DRAFT = 200_000
DRAFT_IS_TOO_LONG = _("This is too long to be kept half typed. Save it.")
# A hot debrief is written in an hour.
HOT_DEBRIEF_FINDINGS = 5
LAST_MINUTE = time(23, 59)

# Words that stand where an owner should and name nobody who can be asked.
NOBODY = frozenset(
    {
        "all", "any", "anybody", "anyone", "both", "everybody", "everyone", "government", "na",
        "n a", "nil", "nobody", "none", "not known", "state", "tba", "tbd", "unknown", "various",
        "authorities", "police", "agencies", "departments", "leas", "the government", "the state",
        "سب", "تمام", "متعلقہ", "نامعلوم", "حکومت",
    }
)  # fmt: skip
CROWD = re.compile(
    r"^(all|both|each|every|various|relevant|respective|concerned)\b"
    r"|\b(concerned|stakeholders|authorities|quarters|agencies|departments|everyone|everybody)$"
    r"|\ball (agencies|concerned|departments|forces|districts|units)\b"
    r"|^(تمام|سب|متعلقہ)\s|(متعلقہ حکام|تمام ادارے|تمام محکمے)",
    re.IGNORECASE,
)
OWNER_IS_NOBODY: Promise = _(
    "Name one post that can be asked on the day, such as “SP Headquarters”. "
    "What everybody owns, nobody does."
)
DUE_IS_PAST: Promise = _("The due date is in the past. Give a day on which it can still be done.")
TOO_MANY_FINDINGS: Promise = _(
    "A hot debrief has at most five findings. Choose a heavier tier in section A."
)
FACILITATOR_IN_CHAIN: Promise = _(
    "The facilitator is of no post or unit that the review looks at. Say so, or choose somebody"
    " outside the chain reviewed, of another unit or agency."
)
FACILITATOR_TOOK_PART: Promise = _(
    "Section A names the facilitator’s post among those who took part. Choose somebody outside the"
    " chain reviewed, of another unit or agency."
)
INCIDENT_UNSEEN: Promise = _(
    "This person may not read the incident, so its review would be closed to them. Pass the"
    " incident to their agency first, or choose somebody of your own."
)
NO_FACILITATOR: Promise = _(
    "A standard or major review needs a facilitator outside the chain reviewed: add one to the"
    " team."
)
# A log of a night; more is pasted in two goes.
MOST_LINES = 200
DAY_IS_AHEAD: Promise = _("This day is still to come. Give the day on which it happened.")
ENDS_BEFORE_START: Promise = _("The end is before the start.")
ONLY_DECISIONS: Promise = _(
    "Only a decision has a reason and an authority: choose the kind “Decision”, or empty them."
)


def names_nobody(owner: str) -> bool:
    """Whether an owner is a crowd, a placeholder or nothing at all."""
    words = re.sub(r"[\s./,;:()\-–_]+", " ", owner).strip().casefold()
    letters = sum(char.isalpha() for char in words)
    return letters < 2 or words in NOBODY or CROWD.search(words) is not None


def is_among(post: str, participants: str) -> bool:
    """Whether a post is one of those who took part, a line or a clause each."""
    named = {each.strip(" .").casefold() for each in re.split(r"[\n;,،]", participants)}
    return bool(post.strip()) and post.strip(" .").casefold() in named


def is_facilitated(tier: str) -> bool:
    """Whether a review so heavy needs a facilitator; a hot debrief does not."""
    return tier != ReviewTier.T1


def is_too_much(tier: str, findings: int) -> bool:
    """Whether so many findings are more than the tier takes."""
    return tier == ReviewTier.T1 and findings > HOT_DEBRIEF_FINDINGS


def clock_start(incident: Incident) -> datetime:
    """When the review's clock started: the incident, or the end of its day if no time is known.

    Without any day it is when the incident was recorded, so that no review is born late by guess.
    """
    if incident.on_date is None:
        return incident.recorded_at
    at = incident.at_time or LAST_MINUTE
    return timezone.make_aware(datetime.combine(incident.until_date or incident.on_date, at))


def due_at(incident: Incident, tier: str) -> datetime:
    """The end of the tier's limit, counted from the incident."""
    return clock_start(incident) + timedelta(hours=ReviewTier(tier).limit_hours)


def highest_killed(incident: Incident) -> int:
    """The highest count of victims killed that anybody reported; attackers are not victims."""
    counts = CasualtyCount.objects.filter(
        incident=incident, state=CasualtyState.KILLED
    ).of_victims()
    return max((count.high or count.figure for count in counts), default=0)


def suggested_tier(killed: int) -> ReviewTier:
    """Ten or more killed: T3. Any killed: T2. Else T1."""
    if killed >= MAJOR_KILLED:
        return ReviewTier.T3
    return ReviewTier.T2 if killed else ReviewTier.T1
