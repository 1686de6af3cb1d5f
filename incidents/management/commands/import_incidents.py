"""`manage.py import_incidents FILE`: what the browser does, on a terminal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.choices import TLP, Classification
from agencies.lock import acting
from agencies.models import User
from core.errors import RuleBroken
from incidents import actions, selectors
from incidents.loading.work import work_on
from incidents.models import Import

MOST_SHOWN = 20


class Command(BaseCommand):
    """Checks a file of incidents and, where asked to, stores it."""

    help = "Check a file of incidents and store what is sound: UCDP GED, GTD, ACLED, or any table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the browser's form asks."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, help="e-mail of who loads it")
        parser.add_argument("--tlp", choices=TLP.values, default=TLP.AMBER)
        parser.add_argument(
            "--classification", choices=Classification.values, default=Classification.RESTRICTED
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column of an unknown table says what",
        )
        parser.add_argument(
            "--place",
            action="append",
            default=[],
            metavar="NAME=CODE",
            help="which area a doubtful name means in this file",
        )
        parser.add_argument("--check", action="store_true", help="store nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Hand in, check, store. Raises CommandError with the sentence of a refusal."""
        by = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if by is None:
            raise CommandError("Nobody with this e-mail may sign in.")
        try:
            batch = self._received(options, by)
            self._told(load(batch, by=by, store=not options["check"]), by)
        except (RuleBroken, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _received(self, options: dict[str, Any], by: User) -> Import:
        path: Path = options["file"]
        with path.open("rb") as opened:
            batch = actions.receive_import(
                file=File(opened, name=path.name),
                name=path.name,
                tlp=options["tlp"],
                classification=options["classification"],
                by=by,
                at=timezone.now(),
            )
        if batch.list_name and batch.mapping:
            self.stdout.write(f"Read as “{batch.list_name}”: {_said(batch.mapping)}")
        if options["column"]:
            batch = actions.map_columns(
                import_id=batch.pk,
                mapping=batch.mapping | _pairs(options["column"]),
                list_name=batch.list_name,
                by=by,
                at=timezone.now(),
            )
        if options["place"]:
            batch = actions.answer_places(
                import_id=batch.pk, answers=_pairs(options["place"]), by=by, at=timezone.now()
            )
        return batch

    def _told(self, batch: Import, by: User) -> None:
        self.stdout.write(
            f"{batch.get_state_display()}: {batch.added} new, {batch.updated} changed,"
            f" {batch.same} known, {batch.refused} refused"
        )
        with acting(by):
            shown = list(selectors.refusals(by, batch.pk)[:MOST_SHOWN])
        for each in shown:
            where = f"row {each.row}" + (f", {each.column}" if each.column else "")
            self.stdout.write(f"  {where}: {each.sentence}")
        if batch.refused > MOST_SHOWN:
            self.stdout.write(f"  and {batch.refused - MOST_SHOWN} more")


def _said(mapping: dict[str, str]) -> str:
    return ", ".join(f"{name}={column}" for name, column in mapping.items())


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if wrong := next((left for left, mark, _right in pairs if not mark), None):
        raise CommandError(f"“{wrong}” needs an equals sign.")
    return {left.strip(): right.strip() for left, _mark, right in pairs}


def load(batch: Import, *, by: User, store: bool) -> Import:
    """Check the file here and now and, where all is asked for, store it."""
    actions.check_import(import_id=batch.pk, by=by, at=timezone.now())
    found = _through(batch, by)
    if store and (found.added or found.updated):
        actions.store_import(import_id=batch.pk, by=by, at=timezone.now())
        found = _through(batch, by)
    return found


def _through(batch: Import, by: User) -> Import:
    work_on(batch.pk)
    with acting(by):
        return selectors.import_of(by, batch.pk)
