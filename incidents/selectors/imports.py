"""Files of incidents as their pages show them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from agencies.models import User
from incidents.models import ColumnMapping, Import, Refusal
from places.choices import Level
from places.gazetteer import Gazetteer, Place

MOST = 50
# Names asked about at once; more would be a file about somewhere else.
MOST_ASKED = 40


@dataclass(frozen=True)
class Asked:
    """A name of a district whose meaning is asked, and what it may mean."""

    name: str
    rows: int
    offered: list[Place]


def import_of(user: User, pk: int) -> Import:
    """One file. Raises Import.DoesNotExist."""
    return Import.objects.visible_to(user).get(pk=pk)


def imports(user: User) -> list[Import]:
    """The newest files."""
    rows = Import.objects.visible_to(user).select_related("asked_by")
    return list(rows.order_by("-asked_at", "-pk")[:MOST])


def mappings(user: User) -> list[ColumnMapping]:
    """The lists of the agency whose columns are known, the last one said first."""
    rows = ColumnMapping.objects.visible_to(user).kept().select_related("said_by")
    return list(rows.newest_first()[:MOST])


def mappings_of(user: User, batch: Import) -> list[ColumnMapping]:
    """Those that fit this file."""
    rows = ColumnMapping.objects.visible_to(user).kept().of(batch.table["columns"])
    return list(rows.newest_first()[:MOST])


def refusals(user: User, pk: int) -> "QuerySet[Refusal]":
    """The rows of a file that were not taken, in order."""
    return Refusal.objects.filter(batch__in=Import.objects.visible_to(user), batch=pk).order_by(
        "row"
    )


def areas_by_code() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every division and district under its province, for a name that nothing is known of."""
    gazetteer = Gazetteer()
    places = sorted(gazetteer.by_pk.values(), key=lambda place: (place.level, place.label))
    return [
        (
            province.label,
            [
                (each.code, each.label)
                for each in places
                if each.province == province.pk and each.level in {Level.DIVISION, Level.DISTRICT}
            ],
        )
        for province in places
        if province.level == Level.PROVINCE
    ]


def asked_about(user: User, batch: Import) -> list[Asked]:
    """The names that somebody must say the meaning of, the most frequent first."""
    rows = (
        refusals(user, batch.pk)
        .exclude(asked="")
        .order_by()
        .values("asked", "value")
        .annotate(rows=Count("pk"))
        .order_by("-rows", "value")[:MOST_ASKED]
    )
    if not rows:
        return []
    gazetteer = Gazetteer(edition=batch.edition)
    return [Asked(row["value"], row["rows"], gazetteer.offered(row["value"])) for row in rows]
