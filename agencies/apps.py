from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, people, roles, markings: who may see what."""

    name = "agencies"
