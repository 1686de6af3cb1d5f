"""Loads the list of agencies that ships with the product; the admin edits it from there."""

from pathlib import Path

from django.db import transaction

from agencies.choices import Tier
from agencies.models import Agency
from audit.choices import Verb
from audit.record import loaded_before, record
from core.datafile import fingerprint, read_json
from places.models import Area

AGENCIES = Path(__file__).parent.parent / "data" / "agencies.json"


@transaction.atomic
def load_agencies() -> int:
    """Add the shipped agencies that are not there yet; how many were added.

    What an admin has changed since stays as the admin left it.
    """
    print_of_files = fingerprint(AGENCIES)
    if loaded_before(Agency, print_of_files):
        return 0
    provinces = {area.code: area for area in Area.objects.provinces()}
    known = set(Agency.objects.values_list("code", flat=True))
    added = Agency.objects.bulk_create(
        [
            Agency(
                code=row["code"],
                name=row["label"],
                name_ur=row["label_ur"],
                tier=Tier(row["tier"].upper()),
                kind=row["kind"],
                province=provinces.get(row["province"]),
                source="AAR reference list, 2026",
            )
            for row in read_json(AGENCIES)
            if row["code"] not in known
        ]
    )
    record(Verb.REFERENCE_LOADED, by=None, target=Agency, fingerprint=print_of_files)
    return len(added)
