"""Many documents in one file: who asked for which, and what became of each."""

from datetime import datetime, timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import Agency, User
from agencies.models.marking import BLIND_ROLES, Person
from agencies.page_marking import PageMarking
from bulletins.choices import (
    EXPORT_AT_WORK,
    SPOKEN,
    SPOKEN_CHOICES,
    ExportFault,
    ExportItemState,
    ExportState,
    ExportSubject,
    Language,
)
from bulletins.models.brief import Brief
from bulletins.models.bulletin import Bulletin
from bulletins.models.rendering import Document
from incidents.models import Incident
from reviews.models import Review

# How long the file can be fetched.
KEPT = timedelta(days=7)
HASH = r"^[0-9a-f]{64}$"


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Person) -> "ExportQuerySet":
        """One's own, of the post that one acts in, if one is cleared for what is in it."""
        if not isinstance(user, User) or not user.is_active or user.role in BLIND_ROLES:
            return self.none()
        cleared = ["", *Classification.up_to(user.clearance)]
        return self.filter(asked_by=user, agency_id=user.agency_id, classification__in=cleared)

    def at_work(self) -> "ExportQuerySet":
        """Those that the worker still owes."""
        return self.filter(state__in=EXPORT_AT_WORK)


class Export(models.Model):
    """One file of documents (ZIP), asked for by one person and seen by nobody else.

    Its items are written down when it is asked for. Each is made of what that person may read at
    the moment when it is made.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField()
    subject = models.CharField(_("documents of"), max_length=9, choices=ExportSubject)
    # The filters of the list, as its address says them.
    query = models.CharField(max_length=2000, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=SPOKEN_CHOICES, default=Language.ENGLISH
    )
    state = models.CharField(
        _("state"), max_length=9, choices=ExportState, default=ExportState.WAITING
    )
    fault = models.CharField(max_length=8, choices=ExportFault, blank=True)
    # When the worker was last told, or last did something; the sweep rings for what stood still.
    rung_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The finished file and the highest marking of its parts; blank before it is there.
    path = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    tlp = models.CharField(max_length=12, choices=TLP, blank=True)
    classification = models.CharField(max_length=12, choices=Classification, blank=True)
    caveats = ArrayField(models.CharField(max_length=12, choices=Caveat), default=list, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # The form it was asked on: sent twice, it is the same export.
    origin = models.CharField(max_length=120, null=True, blank=True, unique=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ExportState.DONE,
                    finished_at__isnull=False,
                    sha256__regex=HASH,
                    size__gt=0,
                    tlp__in=TLP.values,
                    classification__in=Classification.values,
                    fault="",
                )
                | Q(state__in=EXPORT_AT_WORK, finished_at=None, path="", sha256="", fault="")
                | Q(state=ExportState.CANCELLED, path="", sha256="", fault="")
                | Q(state=ExportState.FAILED, path="", sha256="", fault__in=ExportFault.values),
                name="export_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) & (~Q(state=ExportState.DONE) | ~Q(path=""))
                | Q(removed_at__isnull=False, state=ExportState.DONE, path=""),
                name="export_file_is_there_or_removed",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=ExportSubject.values, language__in=SPOKEN),
                name="export_is_of_something",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at", "-id"], name="export_list"),
            models.Index(
                fields=["rung_at"], condition=Q(state__in=EXPORT_AT_WORK), name="export_to_do"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="as_asked",
                fields=["reference", "agency", "asked_by", "asked_at", "subject", "query"],
            ),
            pgtrigger.FSM(
                name="state_moves",
                field="state",
                transitions=[
                    ("WAITING", "RUNNING"),
                    ("WAITING", "CANCELLED"),
                    ("WAITING", "FAILED"),
                    ("RUNNING", "DONE"),
                    ("RUNNING", "CANCELLED"),
                    ("RUNNING", "FAILED"),
                    ("CANCELLED", "WAITING"),
                    ("FAILED", "WAITING"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("bulletins:export_detail", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or will have."""
        return self.state in EXPORT_AT_WORK

    @property
    def is_there(self) -> bool:
        """Whether the file can be fetched."""
        return self.state == ExportState.DONE and self.removed_at is None

    @property
    def can_go_on(self) -> bool:
        """Whether it was broken off and can be taken up where it was."""
        return self.state in {ExportState.CANCELLED, ExportState.FAILED}

    @property
    def expires_at(self) -> datetime | None:
        """When the file is removed; None before there is one."""
        return self.finished_at + KEPT if self.finished_at else None

    @property
    def marking(self) -> PageMarking | None:
        """The highest of its parts; None before they are known."""
        if not self.classification:
            return None
        return PageMarking(self.tlp, self.classification, list(self.caveats))


class ExportItem(models.Model):
    """One document of an export, in its place: of what, how far, and what it is made of."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="+")
    # Of an incident or a review, the brief that was made; else the bulletin itself.
    brief = models.ForeignKey(Brief, models.PROTECT, null=True, blank=True, related_name="+")
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=ExportItemState, default=ExportItemState.WAITING)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    # How often this export had it rendered, and why it is not in the file.
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "position"], name="export_place_once"),
            models.CheckConstraint(
                condition=Q(incident__isnull=False, review=None, bulletin=None)
                | Q(incident=None, review__isnull=False, bulletin=None)
                | Q(incident=None, review=None, brief=None, bulletin__isnull=False),
                name="export_item_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=ExportItemState.WAITING, document=None)
                | (
                    Q(state=ExportItemState.DONE, document__isnull=False)
                    & (Q(brief__isnull=False) | Q(bulletin__isnull=False))
                )
                | (
                    Q(state__in=[ExportItemState.LEFT_OUT, ExportItemState.FAILED], document=None)
                    & ~Q(why="")
                ),
                name="export_item_state_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["export", "position"],
                condition=Q(state=ExportItemState.WAITING),
                name="export_item_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} item {self.position} of export {self.export_id}"

    @property
    def product(self) -> Brief | Bulletin | None:
        """What is printed; None before the brief is made."""
        return self.bulletin or self.brief
