"""The reviews of what happened in one district."""

from dataclasses import dataclass
from datetime import datetime

from agencies.models import User
from core.panels import Mark
from incidents.models import Incident
from places.models import Area
from reviews.choices import RELEASED_STATES
from reviews.models import Review
from reviews.selectors.lists import overdue

MOST = 10


@dataclass(frozen=True)
class OfDistrict:
    """Reviews that the reader may see: the overdue, the longest first; the published, the newest
    first; and whether there are more of each."""

    overdue: list[Review]
    published: list[Review]
    more_overdue: bool
    more_published: bool

    @property
    def marks(self) -> list[Mark]:
        """The marking of each, and of the incident that it names."""
        shown = [*self.overdue, *self.published]
        return [
            (each.tlp, each.classification, each.caveats)
            for review in shown
            for each in (review, review.incident)
        ]


def of_district(user: User, district: Area, now: datetime) -> OfDistrict:
    """Of incidents that stand and that `user` may see. Two queries."""
    # A review is read with its incident.
    rows = (
        Review.objects.visible_to(user)
        .filter(incident__in=Incident.objects.visible_to(user).standing().filter(district=district))
        .select_related("incident", "agency")
    )
    late = list(overdue(rows, now).order_by("due_at", "id")[: MOST + 1])
    published = list(
        rows.filter(state__in=RELEASED_STATES).order_by("-published_at", "-id")[: MOST + 1]
    )
    return OfDistrict(
        overdue=late[:MOST],
        published=published[:MOST],
        more_overdue=len(late) > MOST,
        more_published=len(published) > MOST,
    )
