"""Verify the record of deeds against its seals."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.sealing.verifying import verify
from audit.tasks import keep


class Command(BaseCommand):
    """`manage.py verify_audit`: names each event that is not as it was; ends with 1 if any."""

    help = "Read the record against its seals. Ends with 0 when it is sound, with 1 when not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=int, default=1, metavar="N")
        parser.add_argument(
            "--printed",
            action="append",
            default=[],
            metavar="'12 · 3f2a 91bc 77de 0a41'",
            help="a seal as it stands on a bulletin; it must be in the record",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Each finding is a line; the last line says how much was read."""
        verdict = verify(
            report=lambda finding: self.stdout.write(f"{finding.kind.value}: {finding}"),
            start=max(1, options["start"]),
            printed=options["printed"],
        )
        keep(verdict)
        self.stdout.write(
            f"{verdict.events} events under seals {verdict.first_seal} to {verdict.last_seal} "
            f"read: {verdict.found} found wrong."
        )
        if verdict.found:
            sys.exit(1)
