"""Everything between an empty database and a product that serves, in one process."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from aar.examples import bulletins, incidents, lessons, people, products, reviews
from aar.ownership import as_owner, let_product_in
from aar.upgrades import bring_up_to_date
from agencies.actions.agencies import load_agencies
from agencies.lock import machine
from audit.sealing.keys import signing_key
from incidents.models import Import
from places.actions import load_areas
from reviews import reference as review_reference

# What no page asks for: pages of the API framework (it answers JSON only), fonts for print.
UNUSED = ["rest_framework", "django_filters", "pdf"]


class Command(BaseCommand):
    """`manage.py prepare`: migrate, load reference data, examples where allowed, static files."""

    help = "Migrate, load reference data (and examples in example mode), collect static files."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Each step does nothing when it was done before."""
        # A product that cannot seal its record does not start.
        signing_key()
        at = timezone.now()
        with as_owner():
            bring_up_to_date()
            if settings.DATABASE_OWNER_URL:
                let_product_in(settings.DATABASES["default"]["USER"])
        self._say("areas", load_areas())
        self._say("agencies", load_agencies())
        self._say("categories", review_reference.load(at=at))
        if settings.EXAMPLE_MODE:
            self._load_examples(at)
        elif closed := people.close(at=at):
            self.stdout.write(f"example people: {closed} accounts closed")
        self._collect_static()

    def _load_examples(self, at: datetime) -> None:
        self._say("example people", people.load(at=at, signins=settings.DATA_DIR / "signins.json"))
        self._say("example incidents", incidents.load(at=at))
        self._say("example reviews", reviews.load(at=at))
        self._say("example lessons", lessons.load(at=at))
        self._say("example flash, card and notice", products.load(at=at))
        self._say("example bulletins", bulletins.load(at=at))
        with machine():
            if not Import.objects.exists():
                self.stdout.write("6,416 more incidents, 1989 to 2021: make sample, once it runs")

    def _collect_static(self) -> None:
        """Collect only when a source file changed: compressing takes seconds, and starts matter."""
        stamp = settings.STATIC_ROOT / ".collected"
        state = _state_of_sources()
        if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
            return
        call_command(
            "collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED
        )
        stamp.write_text(state, encoding="utf-8")
        self.stdout.write("static files collected")

    def _say(self, what: str, count: int) -> None:
        if count:
            self.stdout.write(f"{what}: {count} loaded")


def _state_of_sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            modified = storage.get_modified_time(path).timestamp()
            digest.update(f"{path} {storage.size(path)} {modified}\n".encode())
    return digest.hexdigest()
