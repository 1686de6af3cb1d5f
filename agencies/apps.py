from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Agencies, people, roles, markings: who may see what."""

    name = "agencies"
    verbose_name = _("Agencies")

    def ready(self) -> None:
        """Say how the markings on a page of panels make one."""
        import_module("agencies.panels")
