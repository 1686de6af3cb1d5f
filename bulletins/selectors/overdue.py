"""What agencies owe for what was sent to them, by agency."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from agencies.models import Agency, User
from bulletins.choices import Ask
from bulletins.models import Bulletin, Receipt


@dataclass
class AgencyOverdue:
    """One agency: what it has not acknowledged or not answered in time, the oldest first."""

    agency: Agency
    words: list[Receipt] = field(default_factory=list)
    deeds: list[Receipt] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much is owed."""
        return len(self.words) + len(self.deeds)


def overdue_of(user: User, now: datetime) -> list[AgencyOverdue]:
    """What is late of what the person's agency sent, the worst agency first."""
    unsaid = ~Q(release__ask=Ask.READ) & Q(acknowledged_at=None, release__acknowledge_by__lte=now)
    undone = Q(
        release__ask=Ask.ACT,
        acted_at=None,
        declined_at=None,
        release__act_by__lt=timezone.localdate(now),
    )
    late = (
        Receipt.objects.live()
        .filter(unsaid | undone)
        .filter(bulletin__in=Bulletin.objects.visible_to(user).filter(agency=user.agency_id))
        .select_related("agency", "release", "bulletin")
        .defer("bulletin__content")
        .order_by("release__acknowledge_by", "pk")
    )
    found: dict[int, AgencyOverdue] = {}
    for receipt in late:
        row = found.setdefault(receipt.agency_id, AgencyOverdue(receipt.agency))
        asked = receipt.release
        if receipt.acknowledged_at is None and asked.acknowledge_by and asked.acknowledge_by <= now:
            row.words.append(receipt)
        if asked.act_by and asked.act_by < timezone.localdate(now) and not receipt.is_answered:
            row.deeds.append(receipt)
    return sorted(found.values(), key=lambda each: (-each.count, each.agency.name))
