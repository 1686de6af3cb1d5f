"""The read API: the same `visible_to` as the pages."""

from typing import Any

from django.db.models import QuerySet

from agencies.models import User
from core.policy import rows_visible
from reviews import selectors
from reviews.api.sections import SectionsMixin
from reviews.api.serializers import ReviewSerializer
from reviews.api.written import LinesMixin
from reviews.models import Review


class ReviewViewSet(SectionsMixin, LinesMixin):
    """Reviews that the caller may see, newest first."""

    policy = rows_visible(Review)
    serializer_class = ReviewSerializer
    keyset_fields = ("opened_at", "id")
    queryset = Review.objects.none()

    def get_queryset(self) -> QuerySet[Review]:
        """Drafts for their team only; published ones by their marking."""
        user = self.request.user
        if not isinstance(user, User):
            return Review.objects.none()
        return Review.objects.visible_to(user).select_related("incident", "agency", "lead")

    def get_object(self) -> Any:
        """One review; with all its lines where the whole of it is asked for."""
        review = super().get_object()
        if self.action == "retrieve":
            selectors.hold_whole([review], self.request.user)
        return review

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of the list, each review with all its lines."""
        page = super().paginate_queryset(queryset)
        selectors.hold_whole(page or [], self.request.user)
        return page
