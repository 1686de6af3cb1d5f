"""Areas for machines: read only, the same for every reader."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from core.api import Narrowed
from core.policy import SIGNED_IN
from places.api.serializers import AreaDetailSerializer, AreaFilters, AreaSerializer
from places.models import Area, AreaAlias


@extend_schema_view(list=extend_schema(parameters=[AreaFilters]))
class AreaViewSet(Narrowed, ReadOnlyModelViewSet[Area]):
    """Areas, the last one loaded first, `?cursor=` for the next page."""

    policy = SIGNED_IN
    serializer_class = AreaSerializer
    queryset = Area.objects.none()
    filters = AreaFilters
    keyset_fields = ("id",)
    lookup_value_converter = "int"

    def get_serializer_class(self) -> type[BaseSerializer[Area]]:
        """The shape comes with one area only: with fifty it would be a megabyte."""
        return AreaDetailSerializer if self.action == "retrieve" else AreaSerializer

    def get_queryset(self) -> QuerySet[Area]:
        """All areas, or those that the address asks for."""
        keys = ("parent", "province")
        aliases = Prefetch("aliases", queryset=AreaAlias.objects.order_by("alias"))
        areas = (
            Area.objects.select_related(*keys)
            .defer(*(f"{key}__shape" for key in keys))
            .prefetch_related(aliases)
        )
        return areas if self.action == "retrieve" else areas.defer("shape").asked(**self.wanted())
