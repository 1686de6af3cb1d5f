from django.apps import AppConfig
from django.core.checks import Tags, register

from aar.checks import production_is_safe


class AarConfig(AppConfig):
    """Wires the rooms together."""

    name = "aar"

    def ready(self) -> None:
        """The checks of this deployment."""
        register(production_is_safe, Tags.security)
