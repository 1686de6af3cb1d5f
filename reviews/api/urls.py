"""Where the read API of reviews stands."""

from rest_framework.routers import DefaultRouter

from reviews.api.views import ReviewViewSet


def register(router: DefaultRouter) -> None:
    """Add reviews to the product's API."""
    router.register("reviews", ReviewViewSet, basename="review")
