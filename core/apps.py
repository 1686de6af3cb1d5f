from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Small kit without tables of its own."""

    name = "core"
