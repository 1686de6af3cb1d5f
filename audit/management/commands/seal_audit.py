"""Seal the record of deeds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.sealing import keys
from audit.sealing.making import seal_events
from audit.sealing.printed import short


class Command(BaseCommand):
    """`manage.py seal_audit`: what the worker does each minute."""

    help = "Seal the events that are new; --public shows the public key instead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--public", action="store_true", help="show the public key of the signing key, and end"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Says the seal that was made."""
        if options["public"]:
            self.stdout.write(keys.public_bytes(keys.signing_key()).hex())
            return
        seal = seal_events()
        if seal is None:
            self.stdout.write("Nothing new to seal.")
        else:
            self.stdout.write(f"Seal {short(seal.number, bytes(seal.root))}, {seal.size} events.")
