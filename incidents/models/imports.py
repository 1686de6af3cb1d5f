"""Files of incidents that others made: what became of each, and the rows as they were published."""

import hashlib

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Classification, Role
from agencies.models import Agency, User
from agencies.models.marking import BLIND_ROLES, Person
from incidents.choices.files import IMPORT_AT_WORK, ImportState
from incidents.models.incident import Incident

# A note of a row: its low, best and high do not rise, and are kept as published.
OUT_OF_ORDER = "out-of-order"
# GTD counts the attack as not successful, which is not the same as foiled.
NO_SUCCESS = "no-success"
# It came after its record was withdrawn: it is kept, and the record was not changed by it.
WITHDRAWN = "withdrawn"
# The scheme of a table that is no known data set.
TABLE = "TABLE"
LONGEST_ORIGIN = 120
# Said of a table beside its columns: of which year its P-codes are.
EDITION = "codes"


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Person) -> "ImportQuerySet":
        """Those of one's own agency: one's own, and all of them for its admins."""
        if not isinstance(user, User) or not user.is_active or user.role in BLIND_ROLES:
            return self.none()
        theirs = self.filter(
            agency_id=user.agency_id, classification__in=Classification.up_to(user.clearance)
        )
        return theirs if user.role == Role.AGENCY_ADMIN else theirs.filter(asked_by=user)


class Import(models.Model):
    """One file that was loaded, or is to be. The rows say what is to be done, the broker rings.

    `position` is the number of the last row that was dealt with, as a spreadsheet counts: 1 is the
    header. It is written in the transaction that stores the rows up to it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # How the incidents of this file are marked.
    tlp = models.CharField(_("TLP"), max_length=12, choices=TLP)
    classification = models.CharField(_("classification"), max_length=12, choices=Classification)
    name = models.CharField(_("name of the file"), max_length=150)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    path = models.CharField(max_length=120)
    # The data set, as `incidents.loading.formats` knows it; TABLE is any other.
    scheme = models.CharField(max_length=20)
    # What the list is called where the data set is no known one: its next version is known by it.
    list_name = models.CharField(_("name of the list"), max_length=40, blank=True)
    # How the file is written: encoding, separator, columns, whether a row of tags follows.
    table = models.JSONField()
    # Field of the register → column of the file; only for TABLE.
    mapping = models.JSONField(default=dict, blank=True)
    # Folded name of a district → code of the area that it means in this file.
    answers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.RECEIVED)
    position = models.PositiveIntegerField(default=1)
    # How many rows the check found; None before it was through.
    rows = models.PositiveIntegerField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The language in which refusals are written.
    language = models.CharField(max_length=5, default="en")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    rung_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & Q(sha256__regex=r"^[0-9a-f]{64}$", size__gt=0),
                name="import_is_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values, position__gte=1),
                name="import_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values, tlp__in=TLP.values),
                name="import_is_marked",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-asked_at", "-id"], name="import_list")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="sealed",
                fields=["agency", "name", "sha256", "size", "path", "asked_by", "asked_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:import_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can still be said what the file means."""
        return self.state in {ImportState.RECEIVED, ImportState.CHECKED}

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it."""
        return self.state in IMPORT_AT_WORK

    @property
    def stored(self) -> int:
        """Rows that it put on the register or brought up to date."""
        return self.added + self.updated

    @property
    def list_key(self) -> str:
        """What the keys of its rows are keys in."""
        return f"{self.scheme}:{self.list_name}" if self.list_name else self.scheme

    @property
    def data_set(self) -> str:
        """As people call it."""
        return self.list_name or self.scheme

    @property
    def edition(self) -> str:
        """Of which year its P-codes are; blank where nobody said."""
        return str(self.mapping.get(EDITION, ""))

    @property
    def done(self) -> int:
        """Rows dealt with in this pass."""
        return self.added + self.updated + self.same + self.refused


class Refusal(models.Model):
    """A row that was not taken, where it stands in the file and what to do about it."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="refusals")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=200, blank=True)
    value = models.CharField(_("what it says"), max_length=200, blank=True)
    sentence = models.CharField(_("what to do"), max_length=300)
    # A name of a district that somebody must say the meaning of, folded; blank for other reasons.
    asked = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="refusal_once_a_row"),
            models.CheckConstraint(condition=~Q(sentence=""), name="refusal_says_what_to_do"),
        ]
        indexes = [
            models.Index(fields=["batch", "asked"], name="refusal_asked", condition=~Q(asked=""))
        ]

    def __str__(self) -> str:
        return f"#{self.pk} row {self.row} of import {self.batch_id}"


class DataRow(models.Model):
    """A row of a data set as it was published, and what the register took from it.

    A newer version of a row stands beside the older ones: nothing that was published is lost.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="data_rows")
    batch = models.ForeignKey(Import, models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    # Of the cells, so that the same row is known again.
    sha256 = models.CharField(max_length=64)
    cells = models.JSONField()
    # Columns of the incident as this row filled them.
    said = models.JSONField()
    # Codes of what a reader should know: see `incidents.loading.drafts`.
    notes = models.JSONField(default=list, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "version"], name="data_row_version_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="data_row_hash_is_sha256"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.scheme} v{self.version} of incident {self.incident_id}"

    @property
    def told(self) -> list[tuple[str, str]]:
        """Its columns and what they say, blank ones left out."""
        return [(name, text) for name, text in self.cells.items() if name and text]

    @property
    def is_out_of_order(self) -> bool:
        """Whether its low, best and high do not rise."""
        return OUT_OF_ORDER in self.notes

    @property
    def is_no_success(self) -> bool:
        """Whether the data set counts the attack as not successful."""
        return NO_SUCCESS in self.notes

    @property
    def is_of_a_withdrawn_record(self) -> bool:
        """Whether its record was withdrawn when it came."""
        return WITHDRAWN in self.notes


def origin(scheme: str, key: str) -> str:
    """What an incident of a data set is known by, so that the same row twice is one incident.

    A long key is known by its digest: cut short, two rows would be one.
    """
    told = f"{scheme}:{key}"
    if len(told) <= LONGEST_ORIGIN:
        return told
    return f"{scheme}:{hashlib.sha256(key.encode()).hexdigest()}"


def data_set_of(origin: str) -> str:
    """What the data set is called whose row this is: the known one, else the name of the list."""
    scheme, _mark, rest = origin.partition(":")
    return rest.partition(":")[0] if scheme == TABLE else scheme
