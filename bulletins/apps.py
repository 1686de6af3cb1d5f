from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """PDF bulletins and briefs, releases, receipts."""

    name = "bulletins"

    def ready(self) -> None:
        """Put briefs on the pages of incidents and reviews, bulletins on those of agencies."""
        # Only once every room is loaded may its models be named.
        from agencies.models import Agency  # noqa: PLC0415
        from bulletins.models import Bulletin  # noqa: PLC0415
        from bulletins.panels import BRIEFS, CONSENT, EXPORT, ISSUED, VERSION, WRITING  # noqa: PLC0415
        from core.panels import register  # noqa: PLC0415
        from incidents.models import Incident  # noqa: PLC0415
        from lessons.models import Lesson  # noqa: PLC0415
        from reviews.models import Review, ReviewVersion  # noqa: PLC0415

        register(Incident, BRIEFS)
        register(Review, BRIEFS)
        register(ReviewVersion, VERSION)
        for record in (Incident, Review, Lesson):
            register(record, CONSENT)
        for listed in (Incident, Review, Bulletin):
            register(listed, EXPORT)
        for record in (Incident, Lesson):
            register(record, WRITING)
        register(Agency, ISSUED)
