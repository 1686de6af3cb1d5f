from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Areas, their other names and their shapes."""

    name = "places"
