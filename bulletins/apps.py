from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """PDF bulletins and briefs, releases, receipts."""

    name = "bulletins"
