from importlib import import_module

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """Lessons, recurrence, search, digests."""

    name = "lessons"

    def ready(self) -> None:
        """Hang the lessons' blocks on the pages of the rooms below."""
        import_module("lessons.panels")
