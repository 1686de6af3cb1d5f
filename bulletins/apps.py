from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """PDF bulletins and briefs, releases, receipts."""

    name = "bulletins"

    def ready(self) -> None:
        """Put the brief on the pages of incidents and reviews."""
        # Only once every room is loaded may its models be named.
        from bulletins.panels import BRIEFS  # noqa: PLC0415
        from core.panels import register  # noqa: PLC0415
        from incidents.models import Incident  # noqa: PLC0415
        from reviews.models import Review  # noqa: PLC0415

        register(Incident, BRIEFS)
        register(Review, BRIEFS)
