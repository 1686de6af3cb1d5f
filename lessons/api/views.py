"""The read API of lessons."""

from django.db.models import Prefetch, QuerySet

from agencies.api.marked import MarkedViewSet
from core.policy import rows_visible
from lessons.api.serializers import LessonSerializer
from lessons.models import Lesson
from lessons.selectors.reading import KEY, visible_findings
from places.models import Area


class LessonViewSet(MarkedViewSet):
    """Lessons that the reader may see, newest first."""

    policy = rows_visible(Lesson)
    queryset = Lesson.objects.none()
    serializer_class = LessonSerializer
    keyset_fields = KEY

    def get_queryset(self) -> QuerySet[Lesson]:
        """Through the one door."""
        areas = Area.objects.defer("shape").order_by("name")
        return (
            Lesson.objects.visible_to(self.request.user)
            .select_related("agency", "category")
            .prefetch_related(
                Prefetch("areas", queryset=areas), visible_findings(self.request.user)
            )
        )
