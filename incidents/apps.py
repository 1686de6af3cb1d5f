from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The incident register: what happened, and who says so."""

    name = "incidents"
