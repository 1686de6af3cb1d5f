"""Addresses of bulletins and briefs for machines."""

from rest_framework.routers import DefaultRouter

from bulletins.api.views import BriefViewSet, BulletinViewSet


def register(router: DefaultRouter) -> None:
    """Add bulletins and briefs to the product's API."""
    router.register("bulletins", BulletinViewSet, basename="bulletin")
    router.register("briefs", BriefViewSet, basename="brief")
