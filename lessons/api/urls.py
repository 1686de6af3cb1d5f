"""Where the read API of lessons stands."""

from rest_framework.routers import DefaultRouter

from lessons.api.views import LessonViewSet


def register(router: DefaultRouter) -> None:
    """Add lessons to the product's API."""
    router.register("lessons", LessonViewSet, basename="lesson")
