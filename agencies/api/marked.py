"""What the API rooms of marked records share."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from rest_framework.viewsets import ReadOnlyModelViewSet

from agencies.actions.reading import note_reads
from agencies.models import Marked, User


class MarkedViewSet(ReadOnlyModelViewSet[Any]):
    """Marked records, read only; who is given them is recorded as on the pages."""

    def get_object(self) -> Any:
        """The record, as the caller may see it."""
        record = super().get_object()
        self._note([record])
        return record

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of the list holds whole records: each of them was read."""
        page = super().paginate_queryset(queryset)
        self._note(page or [])
        return page

    def _note(self, records: Sequence[Marked]) -> None:
        if isinstance(self.request.user, User):
            note_reads(records=records, by=self.request.user, at=timezone.now())
