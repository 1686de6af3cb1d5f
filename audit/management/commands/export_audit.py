"""Write the record of deeds to a file that can be verified anywhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from audit.sealing.exporting import export


class Command(BaseCommand):
    """`manage.py export_audit FILE`; tools/verify_audit.py reads it without this product."""

    help = "Write events, checkpoints and public keys as JSON lines, for tools/verify_audit.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Says how many events were written."""
        count = export(options["file"])
        self.stdout.write(f"{count} events written to {options['file']}.")
