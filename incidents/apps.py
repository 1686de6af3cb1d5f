from importlib import import_module

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The incident register: what happened, and who says so."""

    name = "incidents"

    def ready(self) -> None:
        """Hang what happened there on the pages of areas."""
        import_module("incidents.panels")
