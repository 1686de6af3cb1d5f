from django.apps import AppConfig
from django.core.checks import Tags, register

from aar.checks import every_view_declares_its_policy, production_is_safe


class AarConfig(AppConfig):
    """Wires the rooms together."""

    name = "aar"

    def ready(self) -> None:
        """The checks of this deployment."""
        register(production_is_safe, Tags.security)
        register(every_view_declares_its_policy, Tags.urls)
