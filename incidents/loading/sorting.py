"""What each row of a batch is: new, newer than what is on the register, or known already."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from agencies.models import User
from incidents.loading.drafts import Draft
from incidents.models import DataRow, Import, Incident
from incidents.models.imports import WITHDRAWN, origin

SORTED = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Taken:
    """A row and what it says."""

    number: int
    cells: dict[str, str]
    draft: Draft

    @cached_property
    def sha256(self) -> str:
        """Of the cells: the same row, wherever it stands in whatever file, is the same."""
        return hashlib.sha256(SORTED.encode(self.cells).encode()).hexdigest()

    @cached_property
    def columns(self) -> dict[str, Any]:
        """What the draft says, as the columns of an incident."""
        return self.draft.columns()


@dataclass(frozen=True)
class Known:
    """A record that a row is a newer version of."""

    pk: int
    reference: str
    is_withdrawn: bool
    sha256: str


@dataclass(frozen=True)
class Sorted:
    """The rows of a batch, by what is to be done with each."""

    new: list[Taken]
    changed: list[tuple[Taken, Known]]
    # Newer than their records, which were withdrawn: kept, and the records left as they are.
    withheld: list[tuple[Taken, Known]]
    same: int


def sorted_out(batch: Import, rows: Sequence[Taken], *, by: User) -> Sorted:
    """What each row is: new, newer than what is on the register, or known already.

    Of two rows with one key the later holds, as it would in two files.
    """
    latest = {origin(batch.list_key, each.draft.key): each for each in rows}
    known = _known(list(latest), by)
    new = [each for name, each in latest.items() if name not in known]
    newer = [
        (each, known[name])
        for name, each in latest.items()
        if name in known and known[name].sha256 != each.sha256
    ]
    return Sorted(
        new,
        changed=[pair for pair in newer if not pair[1].is_withdrawn],
        withheld=[pair for pair in newer if pair[1].is_withdrawn],
        same=len(rows) - len(new) - len(newer),
    )


def _known(origins: list[str], by: User) -> dict[str, Known]:
    versions = DataRow.objects.filter(incident=OuterRef("pk")).order_by("-version")
    # What came while the record was withdrawn is on it only once it stands again and it comes anew.
    taken = versions.filter(
        Q(incident__withdrawn_at__isnull=False) | ~Q(notes__contains=[WITHDRAWN])
    )
    newest = Subquery(taken.values("sha256")[:1])
    rows = (
        Incident.objects.visible_to(by)
        .filter(agency_id=by.agency_id, origin__in=origins)
        .values_list("origin", "pk", "reference", "withdrawn_at", newest)
    )
    return {
        name: Known(pk, reference, withdrawn_at is not None, sha256 or "")
        for name, pk, reference, withdrawn_at, sha256 in rows
    }
