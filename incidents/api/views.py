"""The register for machines: read only, the same rule of reading as the pages."""

from django.db.models import Prefetch, QuerySet

from agencies.api.marked import MarkedViewSet
from incidents.api.serializers import IncidentSerializer
from incidents.models import (
    CasualtyCount,
    Claim,
    DisputedFact,
    Fact,
    FactAccount,
    Incident,
    LogEntry,
    OpenQuestion,
    Source,
)


class IncidentViewSet(MarkedViewSet):
    """Incidents that the caller may read, newest first, `?cursor=` for the next page."""

    serializer_class = IncidentSerializer
    queryset = Incident.objects.none()
    keyset_fields = ("sort_date", "id")
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Incident]:
        """What the caller may read, its parts in their order."""
        in_place = ("position", "id")
        accounts = Prefetch("accounts", queryset=FactAccount.objects.order_by(*in_place))
        disputes = DisputedFact.objects.order_by(*in_place).prefetch_related(accounts)
        return (
            Incident.objects.visible_to(self.request.user)
            .select_related("agency", "district", "tehsil")
            .prefetch_related(
                Prefetch("casualty_counts", queryset=CasualtyCount.objects.in_order()),
                Prefetch("claims", queryset=Claim.objects.order_by("id")),
                Prefetch("disputes", queryset=disputes),
                Prefetch("facts", queryset=Fact.objects.order_by(*in_place)),
                Prefetch("log", queryset=LogEntry.objects.order_by(*in_place)),
                Prefetch("open_questions", queryset=OpenQuestion.objects.order_by(*in_place)),
                Prefetch("sources", queryset=Source.objects.order_by("id")),
            )
        )
