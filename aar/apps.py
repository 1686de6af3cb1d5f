from django.apps import AppConfig


class AarConfig(AppConfig):
    """Wires the rooms together."""

    name = "aar"
