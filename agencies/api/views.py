"""Agencies for machines: read only. Who is in a group is for its members."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.viewsets import ReadOnlyModelViewSet

from agencies.api.serializers import AgencyFilters, AgencySerializer, SharingGroupSerializer
from agencies.models import Agency, SharingGroup
from core.api import Narrowed
from core.policy import SIGNED_IN, rows_visible


@extend_schema_view(list=extend_schema(parameters=[AgencyFilters]))
class AgencyViewSet(Narrowed, ReadOnlyModelViewSet[Agency]):
    """Agencies, open and closed, the last one added first, `?cursor=` for the next page."""

    policy = SIGNED_IN
    serializer_class = AgencySerializer
    queryset = Agency.objects.none()
    filters = AgencyFilters
    keyset_fields = ("id",)
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Agency]:
        """All agencies, or those that the address asks for."""
        agencies = Agency.objects.select_related("province").defer("province__shape")
        return agencies if self.action == "retrieve" else agencies.asked(**self.wanted())


class SharingGroupViewSet(ReadOnlyModelViewSet[SharingGroup]):
    """Sharing groups that the reader may know of, the last one made first."""

    policy = rows_visible(SharingGroup)
    serializer_class = SharingGroupSerializer
    queryset = SharingGroup.objects.none()
    keyset_fields = ("id",)
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[SharingGroup]:
        """Through the one door."""
        members = Agency.objects.order_by("code")
        return SharingGroup.objects.visible_to(self.request.user).prefetch_related(
            Prefetch("agencies", queryset=members)
        )
