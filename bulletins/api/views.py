"""Bulletins and briefs, read-only, by the same rule as the pages."""

from collections.abc import Sequence
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone

from agencies.api.marked import MarkedViewSet
from agencies.models import Marked, User
from bulletins.actions.notices import note_delivered
from bulletins.api.serializers import BriefSerializer, BulletinSerializer
from bulletins.choices import Delivery
from bulletins.models import Brief, Bulletin, Receipt
from core.policy import rows_visible


class BulletinViewSet(MarkedViewSet):
    """Bulletins that the caller may read."""

    policy = rows_visible(Bulletin)
    serializer_class = BulletinSerializer
    queryset = Bulletin.objects.none()
    keyset_fields = ("composed_at", "id")

    def get_queryset(self) -> QuerySet[Bulletin]:
        user = cast(User, self.request.user)
        return Bulletin.objects.visible_to(user).select_related("agency").defer("content")

    def _note(self, records: Sequence[Marked]) -> None:
        """Fetched by a program of the agency it was sent to: delivered."""
        super()._note(records)
        user = cast(User, self.request.user)
        sent = Receipt.objects.live().filter(agency=user.agency_id, delivered_at=None)
        receipts = list(
            sent.filter(bulletin__in=[each.pk for each in records]).select_related("bulletin")
        )
        if receipts:
            note_delivered(receipts=receipts, way=Delivery.API, by=user, at=timezone.now())


class BriefViewSet(MarkedViewSet):
    """Briefs of the caller's agency."""

    policy = rows_visible(Brief)
    serializer_class = BriefSerializer
    queryset = Brief.objects.none()
    keyset_fields = ("requested_at", "id")

    def get_queryset(self) -> QuerySet[Brief]:
        user = cast(User, self.request.user)
        return Brief.objects.visible_to(user).select_related("agency").defer("content")
