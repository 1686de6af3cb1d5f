from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """The after-action review."""

    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Hang the review clock on the page of the incident, and its state on the register."""
        import_module("reviews.panels")
        import_module("reviews.narrowings")
