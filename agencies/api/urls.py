"""Addresses of agencies and sharing groups for machines."""

from rest_framework.routers import DefaultRouter

from agencies.api.views import AgencyViewSet, SharingGroupViewSet


def register(router: DefaultRouter) -> None:
    """Add agencies and sharing groups to the product's API."""
    router.register("agencies", AgencyViewSet, basename="agency")
    router.register("sharing-groups", SharingGroupViewSet, basename="sharing-group")
