from importlib import import_module

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, people, roles, markings: who may see what."""

    name = "agencies"

    def ready(self) -> None:
        """Say how the markings on a page of panels make one."""
        import_module("agencies.panels")
