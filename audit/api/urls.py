"""Addresses of the record of deeds for machines."""

from rest_framework.routers import DefaultRouter

from audit.api.views import EventViewSet


def register(router: DefaultRouter) -> None:
    """Add the record of deeds to the product's API."""
    router.register("events", EventViewSet, basename="event")
