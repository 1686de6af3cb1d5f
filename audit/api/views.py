"""The record of deeds for machines, for those whose remit it is."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.viewsets import ReadOnlyModelViewSet

from audit.api.serializers import EventFilters, EventSerializer
from audit.models import Event
from audit.policies import Reader, can_read_audit
from audit.selectors import KEY, Deed, as_deeds, events_in_remit
from core.api import Narrowed
from core.policy import right_alone


@extend_schema_view(list=extend_schema(parameters=[EventFilters]))
class EventViewSet(Narrowed, ReadOnlyModelViewSet[Any]):
    """Deeds in the caller's remit, newest first, `?cursor=` for the next page.

    To anybody without a remit nothing of this is there.
    """

    policy = right_alone(can_read_audit)
    serializer_class = EventSerializer
    queryset = Event.objects.none()
    filters = EventFilters
    keyset_fields = KEY
    lookup_value_converter = "int"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Turn away whoever has no remit, whatever they ask."""
        super().initial(request, *args, **kwargs)
        self._reader()

    def get_queryset(self) -> QuerySet[Event]:
        """The caller's remit, or what the address asks for of it."""
        events = events_in_remit(self._reader())
        return events if self.action == "retrieve" else events.asked(**self.wanted())

    def get_object(self) -> Any:
        """The event with what of it may be shown."""
        return self._deeds([super().get_object()])[0]

    def paginate_queryset(self, queryset: Any) -> Any:
        """The events of the page with what of each may be shown."""
        return self._deeds(super().paginate_queryset(queryset))

    def _deeds(self, events: Any) -> list[Deed]:
        return as_deeds(self._reader(), events)

    def _reader(self) -> Reader:
        user = self.request.user
        if not user.is_authenticated or not can_read_audit(user):
            raise Http404
        return user
