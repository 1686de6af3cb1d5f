"""Who reads a bulletin, as it stands, once it is issued, or with one more recipient."""

from django.db.models import Q, QuerySet

from agencies.choices import TLP
from agencies.models import User
from agencies.readers import Reach, cleared, marking_reaches
from bulletins.choices import BulletinState
from bulletins.models import Bulletin
from bulletins.models.bulletin import SECONDS


def people_who_read(
    bulletin: Bulletin, reach: Reach | None = None, *, state: str = ""
) -> "QuerySet[User]":
    """The mirror of `BulletinQuerySet.visible_to`, for the bulletin as it stands or would."""
    reach = reach or Reach.of(bulletin)
    who = Q(agency_id=bulletin.agency_id, role__in=SECONDS) & cleared(reach)
    if reach.tlp == TLP.RED:
        who &= Q(pk__in={*reach.people, bulletin.composed_by_id})
    if (state or bulletin.state) == BulletinState.ISSUED:
        who |= marking_reaches(reach)
    return User.objects.filter(who)
