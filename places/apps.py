from django.apps import AppConfig
from django.core.checks import register

from places.checks import geometry_is_whole


class PlacesConfig(AppConfig):
    """Areas, their other names and their shapes."""

    name = "places"

    def ready(self) -> None:
        """The check of the deployment's own lines."""
        register(geometry_is_whole)
