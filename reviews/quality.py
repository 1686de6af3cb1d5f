"""What one recommendation lacks: pure functions, no person and no database.

A recommendation dies of four things: nobody owns it, nothing in it can be done, nobody can see when
it is done, nobody looks again. Saving warns of them; submitting
refuses. A recommendation quoted from a published inquiry keeps the inquiry's words and days: there
the gate only notes what is weak in them.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews import rules
from reviews.words import begins_an_action, is_vague, owners_named

NO_OWNER: Promise = rules.OWNER_IS_NOBODY
MANY_OWNERS: Promise = _(
    "Two posts are named as owner. Name the one that answers; give the other a part of its own."
)
NO_VERB: Promise = _(
    "It does not say what is to be done. Begin with a verb that can be seen to be done, "
    "such as search, write, train or install."
)
VAGUE: Promise = _(
    "“Consider”, “strengthen” or “improve” cannot be seen to be done. "
    "Say what somebody will do, and how much of it."
)
NO_MEASURE: Promise = _("Nothing says how it will be seen that it is done: give “Closed when”.")
NO_DAY: Promise = _("Give the day by which it is to be done.")
DAY_IS_PAST: Promise = rules.DUE_IS_PAST
NOT_DONE: Promise = _("A quick fix is done already: give the day, or take the mark away.")
NO_CATEGORY: Promise = _("Choose the category, so that it is found again.")
NO_FINDING: Promise = _("It answers no finding. That may be right; say so in the words of F.")


@dataclass(frozen=True)
class Asked:
    """A recommendation as the gate sees it."""

    text: str
    owner_post: str = ""
    due_date: date | None = None
    closure_criterion: str = ""
    has_category: bool = False
    answers: int = 0
    is_quick_fix: bool = False
    done_date: date | None = None
    # Quoted from a published inquiry, by its own number.
    is_quoted: bool = False


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: the field it belongs to, the sentence, and whether it holds up."""

    field: str
    sentence: Promise
    # A note stands beside the recommendation and keeps nothing from being submitted.
    is_note: bool = False


def lacks(asked: Asked, *, today: date) -> list[Lack]:
    """Everything that is missing, faults and notes, in the order of the form."""
    found = [
        _wording(asked),
        _owner(asked),
        _day(asked, today),
        None if asked.closure_criterion.strip() else Lack("closure_criterion", NO_MEASURE),
        None if asked.has_category else Lack("category", NO_CATEGORY),
        None if asked.answers else Lack("findings", NO_FINDING, is_note=True),
    ]
    return [each for each in found if each is not None]


def faults(asked: Asked, *, today: date) -> list[Lack]:
    """What keeps the review from being submitted."""
    return [each for each in lacks(asked, today=today) if not each.is_note]


def _wording(asked: Asked) -> Lack | None:
    if is_vague(asked.text):
        return Lack("text", VAGUE, is_note=asked.is_quoted)
    if not begins_an_action(asked.text):
        return Lack("text", NO_VERB, is_note=asked.is_quoted)
    return None


def _owner(asked: Asked) -> Lack | None:
    if rules.names_nobody(asked.owner_post):
        return Lack("owner_post", NO_OWNER)
    if owners_named(asked.owner_post) > 1:
        return Lack("owner_post", MANY_OWNERS)
    return None


def _day(asked: Asked, today: date) -> Lack | None:
    if asked.is_quick_fix:
        return None if asked.done_date else Lack("done_date", NOT_DONE)
    if asked.due_date is None:
        return Lack("due_date", NO_DAY)
    if asked.due_date < today:
        return Lack("due_date", DAY_IS_PAST, is_note=asked.is_quoted)
    return None
