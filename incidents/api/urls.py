"""Addresses of the register for machines."""

from rest_framework.routers import DefaultRouter

from incidents.api.views import EvidenceViewSet, IncidentViewSet


def register(router: DefaultRouter) -> None:
    """Add the register to the product's API."""
    router.register("incidents", IncidentViewSet, basename="incident")
    router.register("evidence", EvidenceViewSet, basename="evidence")
