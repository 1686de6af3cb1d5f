"""Bulletins and briefs, read-only, by the same rule as the pages."""

from typing import cast

from django.db.models import QuerySet

from agencies.api.marked import MarkedViewSet
from agencies.models import User
from bulletins.api.serializers import BriefSerializer, BulletinSerializer
from bulletins.models import Brief, Bulletin
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


class BriefViewSet(MarkedViewSet):
    """Briefs of the caller's agency."""

    policy = rows_visible(Brief)
    serializer_class = BriefSerializer
    queryset = Brief.objects.none()
    keyset_fields = ("requested_at", "id")

    def get_queryset(self) -> QuerySet[Brief]:
        user = cast(User, self.request.user)
        return Brief.objects.visible_to(user).select_related("agency").defer("content")
