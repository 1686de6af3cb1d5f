from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """Lessons, recurrence, search, digests."""

    name = "lessons"
