"""What the columns of a list mean, kept for its next version."""

import hashlib
from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import Classification, Role
from agencies.models import Agency, User
from agencies.models.marking import Person

# Whoever loads files for the agency.
READERS = frozenset({Role.INVESTIGATOR, Role.AGENCY_ADMIN})


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    def visible_to(self, user: Person) -> "ColumnMappingQuerySet":
        """Those of one's own agency, for those who load its files."""
        if not isinstance(user, User) or not user.is_active or user.role not in READERS:
            return self.none()
        return self.filter(
            agency_id=user.agency_id, classification__in=Classification.up_to(user.clearance)
        )

    def kept(self) -> "ColumnMappingQuerySet":
        """Those that nobody had forgotten."""
        return self.filter(forgotten_at=None)

    def of(self, columns: Iterable[str]) -> "ColumnMappingQuerySet":
        """Those of a table with exactly these columns, in whatever order."""
        return self.filter(header=header_of(columns))

    def newest_first(self) -> "ColumnMappingQuerySet":
        return self.order_by("-said_at", "-pk")


class ColumnMapping(models.Model):
    """Which column of a list says what, as somebody of the agency said it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # Of the file it was said of: the names of columns may tell something too.
    classification = models.CharField(max_length=12, choices=Classification)
    # The name of the list, by which the rows of its versions are known.
    name = models.CharField(_("name of the list"), max_length=40)
    columns = models.JSONField()
    header = models.CharField(max_length=64)
    # As Import.mapping.
    mapping = models.JSONField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    forgotten_at = models.DateTimeField(null=True, blank=True)
    forgotten_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "classification", "name", "header"],
                condition=Q(forgotten_at=None),
                name="mapping_once_a_list",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(header__regex=r"^[0-9a-f]{64}$"),
                name="mapping_is_of_a_list",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="mapping_is_marked"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None, forgotten_by=None)
                | Q(forgotten_at__isnull=False, forgotten_by__isnull=False),
                name="mapping_forgotten_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["agency", "header"], name="mapping_of_columns")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="of_one_list",
                fields=["agency", "classification", "name", "columns", "header"],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


def header_of(columns: Iterable[str]) -> str:
    """What a table is known by: the names of its columns, whatever their order."""
    return hashlib.sha256("\n".join(sorted(filter(None, columns))).encode()).hexdigest()
