"""The read API: the same `visible_to` as the pages."""

from django.db.models import Prefetch, QuerySet

from agencies.api.marked import MarkedViewSet
from agencies.models import User
from core.policy import rows_visible
from reviews.api.serializers import ReviewSerializer
from reviews.models import Finding, Recommendation, Review


class ReviewViewSet(MarkedViewSet):
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
        return (
            Review.objects.visible_to(user)
            .select_related("incident", "agency", "lead")
            .prefetch_related(
                Prefetch("findings", Finding.objects.select_related("category").order_by("number")),
                Prefetch(
                    "recommendations",
                    Recommendation.objects.select_related("category", "owner_agency")
                    .prefetch_related("findings")
                    .order_by("number"),
                ),
            )
        )
