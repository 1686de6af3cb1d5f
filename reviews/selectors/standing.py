"""How the review of an incident stands, as its page tells whoever reads it.

The page shows the reviews that its reader may see, and the clock, which runs for everybody alike:
from the day of the incident, by the most that were reported killed.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils import timezone

from agencies.models.marking import Person
from incidents.choices import CasualtyState
from incidents.models import CasualtyCount
from reviews import rules
from reviews.choices import RELEASED_STATES, ReviewState, ReviewTier, Standing
from reviews.models import Review, ReviewQuerySet


def stands(user: Person, standing: str) -> Q:
    """What an incident must meet for its reviews to stand so, as far as `user` may know."""
    seen = Review.objects.visible_to(user).originals().filter(incident=OuterRef("pk"))
    match Standing(standing):
        case Standing.NONE:
            return Q(~Exists(seen))
        case Standing.OVERDUE:
            published = Q(_in_state(seen, *RELEASED_STATES))
            return past_its_limit(timezone.localdate()) & ~published
        case Standing.PUBLISHED:
            return Q(_in_state(seen, *RELEASED_STATES))
        case state:
            return Q(_in_state(seen, ReviewState(state.name)))


def _in_state(seen: ReviewQuerySet, *states: ReviewState) -> Exists:
    return Exists(seen.filter(state__in=states))


def past_its_limit(today: date) -> Q:
    """Incidents whose clock is past the limit of their tier: `rules.due_at` as a condition."""
    hot, standard, major = (_ended_before(today, tier) for tier in ReviewTier)
    # Nobody's clock is shorter, and the register's own column has an index.
    first = Q(sort_date__lt=today - _limit(ReviewTier.T1))
    counted, many = killed_at_least(1), killed_at_least(rules.MAJOR_KILLED)
    return first & (major | (standard & ~many) | (hot & ~counted))


def _limit(tier: ReviewTier) -> timedelta:
    return timedelta(hours=tier.limit_hours)


def _ended_before(today: date, tier: ReviewTier) -> Q:
    """The last day of it, or that of recording where no day is known, is the tier's limit ago."""
    ended = Coalesce("until_date", "sort_date")
    return Q(LessThan(ended, today - _limit(tier)))


def killed_at_least(number: int) -> Exists:
    """`rules.highest_killed` reaches the number: the high figure, else best, else low."""
    without_high = Q(high=None) | Q(high=0)
    enough = Q(high__gte=number) | without_high & (
        Q(best__gte=number) | Q(best=None, low__gte=number)
    )
    counts = CasualtyCount.objects.of_victims().filter(
        enough, incident=OuterRef("pk"), state=CasualtyState.KILLED
    )
    return Exists(counts)
