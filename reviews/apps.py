from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The after-action review."""

    name = "reviews"
