"""Addresses of areas for machines."""

from rest_framework.routers import DefaultRouter

from places.api.views import AreaViewSet


def register(router: DefaultRouter) -> None:
    """Add areas to the product's API."""
    router.register("areas", AreaViewSet, basename="area")
