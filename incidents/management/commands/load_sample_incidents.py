"""`manage.py load_sample_incidents`: 6,416 events of the UCDP GED, 1989 to 2021, as sample data."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.choices import TLP, Classification, Role
from agencies.models import User
from incidents import actions
from incidents.loading import ucdp
from incidents.management.commands.import_incidents import load

SAMPLE = Path(__file__).parents[2] / "data" / "ucdp_ged_pakistan_1989_2021.csv"
# Names that meant more than the district of today: the division holds all that they meant.
ANSWERS = {
    "Karachi": "PK7-KARACHI",
    "Kalat": "PK2-KALAT",
    "Loralai": "PK2-LORALAI",
    "Killa Abdullah": "PK2-QUETTA",
    "Kohistan": "PK5-HAZARA",
    "Chitral": "PK5-MALAKAND",
    "FR Bannu - Mir Ali": "PK5-BANNU",
}


class Command(BaseCommand):
    """Loads what ships as optional sample data; loading it again adds nothing."""

    help = f"Load sample incidents: {ucdp.CREDIT}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For whom."""
        parser.add_argument("--as", dest="email", default="", help="e-mail of who loads it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """TLP:CLEAR, for it is published. Raises CommandError where nobody may load it."""
        by = _loader(options["email"])
        at = timezone.now()
        with SAMPLE.open("rb") as opened:
            batch = actions.receive_import(
                file=File(opened, name=SAMPLE.name),
                name=SAMPLE.name,
                tlp=TLP.CLEAR,
                classification=Classification.UNMARKED,
                by=by,
                at=at,
            )
        actions.answer_places(import_id=batch.pk, answers=ANSWERS, by=by, at=at)
        done = load(batch, by=by, store=True)
        self.stdout.write(
            f"{ucdp.CREDIT}: {done.added} new, {done.same} known, {done.refused} refused"
        )


def _loader(email: str) -> User:
    people = User.objects.filter(is_active=True)
    found = (
        people.filter(email__iexact=email)
        if email
        else people.filter(is_example=True, role=Role.INVESTIGATOR, agency__code="KP-POLICE")
    )
    by = found.first()
    if by is None:
        raise CommandError("Say who loads them: --as investigator@agency.example")
    return by
