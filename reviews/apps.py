from importlib import import_module

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The after-action review."""

    name = "reviews"

    def ready(self) -> None:
        """Hang the review clock on the page of the incident."""
        import_module("reviews.panels")
