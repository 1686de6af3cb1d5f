"""What the columns of a list mean, kept from one file to the next."""

from datetime import datetime

from django.db import transaction

from agencies.models import User
from incidents.models import ColumnMapping, Import
from incidents.models.mappings import header_of


def known_mapping(columns: tuple[str, ...], *, by: User) -> ColumnMapping | None:
    """What was said last of a list of the agency with these columns."""
    return ColumnMapping.objects.visible_to(by).kept().of(columns).newest_first().first()


@transaction.atomic
def keep_mapping(*, batch: Import, by: User, at: datetime) -> ColumnMapping:
    """Keep what was said of this file for the next one; said again, the later word holds."""
    kept, _new = (
        ColumnMapping.objects.visible_to(by)
        .kept()
        .update_or_create(
            agency_id=batch.agency_id,
            classification=batch.classification,
            name=batch.list_name,
            header=header_of(batch.table["columns"]),
            defaults={"mapping": batch.mapping, "said_at": at, "said_by": by},
            create_defaults={
                "mapping": batch.mapping,
                "columns": [each for each in batch.table["columns"] if each],
                "said_at": at,
                "said_by": by,
            },
        )
    )
    return kept
