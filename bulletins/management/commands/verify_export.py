"""`manage.py verify_export FILE`: whether an exported file is whole and signed by a trusted key."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bulletins.exporting.verifying import faults_of


class Command(BaseCommand):
    """Reads the file alone and asks the database nothing."""

    help = "Check the hashes and the signature of a file of documents (ZIP)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Says that it is whole. Raises CommandError with every fault."""
        with options["file"].open("rb") as opened:
            faults = faults_of(opened)
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Whole, and signed by a trusted key.")
