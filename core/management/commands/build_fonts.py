"""`manage.py build_fonts`: static cuts of the fonts for PDFs and pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import fonts


class Command(BaseCommand):
    """Make the font files once; a second run with nothing changed does nothing."""

    help = "Make the static cuts of the fonts that PDFs and pages use."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--node-modules",
            type=Path,
            default=settings.BASE_DIR / "node_modules",
            help="Where npm packages are; Noto Nastaliq Urdu is taken from there.",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's
        target = settings.BUILD_DIR / "fonts"
        if not fonts.build(target, options["node_modules"], self.stdout.write):
            self.stdout.write("Fonts are ready.")
