"""The register for machines: read only, the same rule of reading as the pages."""

from django.db.models import Prefetch, QuerySet

from agencies.api.marked import MarkedViewSet
from agencies.models.marking import Person
from core.policy import rows_visible
from incidents.api.serializers import (
    EvidenceDetailSerializer,
    EvidenceSerializer,
    IncidentSerializer,
)
from incidents.models import (
    CasualtyCount,
    Claim,
    CustodyEvent,
    DisputedFact,
    Evidence,
    Fact,
    FactAccount,
    Incident,
    LogEntry,
    OpenQuestion,
    Particular,
    Source,
)
from incidents.models.particulars import WAYS


class IncidentViewSet(MarkedViewSet):
    """Incidents that the caller may read, newest first, `?cursor=` for the next page."""

    policy = rows_visible(Incident)
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
            .select_related("agency", "area", "district", "province", "tehsil")
            .prefetch_related(
                Prefetch("casualty_counts", queryset=CasualtyCount.objects.in_order()),
                Prefetch("claims", queryset=Claim.objects.order_by("id")),
                Prefetch("disputes", queryset=disputes),
                Prefetch("facts", queryset=Fact.objects.order_by(*in_place)),
                Prefetch("log", queryset=LogEntry.objects.order_by(*in_place)),
                Prefetch("open_questions", queryset=OpenQuestion.objects.order_by(*in_place)),
                Prefetch("particulars", queryset=Particular.objects.standing().order_by("id")),
                # Asked only where a detail is there.
                *(f"particulars__{way}" for way in WAYS.values()),
                Prefetch("sources", queryset=Source.objects.order_by("id")),
                # A piece may be marked higher than its incident.
                Prefetch("evidence", queryset=_evidence(self.request.user)),
            )
        )


class EvidenceViewSet(MarkedViewSet):
    """Evidence that the caller may read, newest first, `?cursor=` for the next page."""

    policy = rows_visible(Evidence)
    serializer_class = EvidenceSerializer
    queryset = Evidence.objects.none()
    keyset_fields = ("added_at", "id")
    lookup_value_converter = "int"

    def get_serializer_class(self) -> type[EvidenceSerializer]:
        """One piece comes with its custody."""
        return EvidenceDetailSerializer if self.action == "retrieve" else EvidenceSerializer

    def get_queryset(self) -> QuerySet[Evidence]:
        """What the caller may read."""
        custody = Prefetch("custody", queryset=CustodyEvent.objects.in_order())
        return _evidence(self.request.user).prefetch_related(custody)


def _evidence(user: Person) -> QuerySet[Evidence]:
    return Evidence.objects.visible_to(user).select_related("agency").order_by("id")
