"""Evidence: files that people hand in, sealed by their hash, and who held them when."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from agencies.models import Marked, MarkedQuerySet, NeverWider, User
from agencies.models.marking import Person
from incidents.choices.files import (
    MAX_COPY_ATTEMPTS,
    CopyState,
    CustodyKind,
    EvidenceKind,
    EvidenceState,
    HeldBecause,
    MediaGroup,
)
from incidents.models.incident import Incident, IncidentShare
from incidents.models.sources import Source

# What was handed in, by whom and to what: fixed for good.
SEALED_FIELDS = (
    *("incident", "agency", "original_name", "media_type", "group", "size", "sha256", "path"),
    *("added_at", "added_by"),
)
HASH = r"^[0-9a-f]{64}$"


class EvidenceQuerySet(MarkedQuerySet["Evidence"]):
    def visible_to(self, user: Person) -> "EvidenceQuerySet":
        """What both allow: the marking of the piece, and the incident it belongs to.

        A piece that was withdrawn stays for its own agency and for auditors.
        """
        seen = super().visible_to(user)
        seen = seen.filter(incident_id__in=Incident.objects.visible_to(user).values("pk"))
        if not isinstance(user, User):
            return seen.filter(withdrawn_at=None)
        if user.role == Role.AUDITOR:
            return seen
        return seen.filter(Q(withdrawn_at=None) | Q(agency_id=user.agency_id))

    def live(self) -> "EvidenceQuerySet":
        """Pieces that are neither withdrawn nor refused."""
        return self.filter(withdrawn_at=None).exclude(state=EvidenceState.REFUSED)

    def on(self, incident: Incident, sha256: str) -> "EvidenceQuerySet":
        """The pieces of one incident with these very bytes."""
        return self.filter(incident=incident, sha256=sha256)

    def held(self) -> "EvidenceQuerySet":
        """Pieces that wait for the virus scanner."""
        return self.filter(state=EvidenceState.HELD)

    def in_order(self) -> "EvidenceQuerySet":
        """As they came in; what was withdrawn last."""
        return self.order_by(F("withdrawn_at").asc(nulls_first=True), "id")


class Evidence(Marked):
    """One file that somebody handed in about an incident. It is kept as it came, for good."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="evidence")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("what it is"), max_length=10, choices=EvidenceKind)
    caption = models.TextField(_("what it shows"), blank=True)
    taken_date = models.DateField(_("taken on"), null=True, blank=True)
    taken_time = models.TimeField(_("taken at"), null=True, blank=True)
    original_name = models.CharField(_("name of the file"), max_length=150)
    # By what is in it, not by what its name or the browser says.
    media_type = models.CharField(_("kind of file"), max_length=80)
    group = models.CharField(max_length=8, choices=MediaGroup)
    size = models.PositiveBigIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    path = models.CharField(max_length=120)
    state = models.CharField(
        _("state"), max_length=7, choices=EvidenceState, default=EvidenceState.HELD
    )
    held_because = models.CharField(max_length=10, choices=HeldBecause, blank=True)
    # The signature that the virus scanner named.
    refused_because = models.CharField(max_length=150, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    # None where the deployment has no scanner.
    scanned_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(sha256__regex=HASH, size__gt=0)
                & ~Q(title="")
                & ~Q(original_name="")
                & ~Q(path="")
                & ~Q(media_type=""),
                name="evidence_is_a_file",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values, group__in=MediaGroup.values),
                name="evidence_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(taken_time=None) | Q(taken_date__isnull=False),
                name="evidence_time_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=EvidenceState.HELD, scanned_at=None, refused_because="")
                | Q(state=EvidenceState.CLEAN, held_because="", refused_because="")
                | (
                    Q(state=EvidenceState.REFUSED, held_because="", scanned_at__isnull=False)
                    & ~Q(refused_because="")
                ),
                name="evidence_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="evidence_withdrawn_with_reason",
            ),
            # The marking is part of it: what one may not see is never named as the twin of what
            # one adds.
            models.UniqueConstraint(
                fields=["incident", "sha256", "tlp", "classification"],
                condition=Q(withdrawn_at=None) & ~Q(state=EvidenceState.REFUSED),
                name="evidence_once_an_incident",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="evidence_by_hash"),
            models.Index(
                fields=["added_at"],
                condition=Q(state=EvidenceState.HELD),
                name="evidence_to_check",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            NeverWider(named="'evidence #' || NEW.id"),
            pgtrigger.ReadOnly(name="sealed", fields=list(SEALED_FIELDS)),
            pgtrigger.FSM(
                name="checked_once",
                field="state",
                transitions=[
                    (EvidenceState.HELD.value, EvidenceState.CLEAN.value),
                    (EvidenceState.HELD.value, EvidenceState.REFUSED.value),
                ],
            ),
            pgtrigger.Protect(
                name="withdrawn_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False)
                & (
                    pgtrigger.Q(old__withdrawn_at__df=pgtrigger.F("new__withdrawn_at"))
                    | pgtrigger.Q(old__withdrawn_because__df=pgtrigger.F("new__withdrawn_because"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:evidence_detail", args=[self.incident_id, self.pk])

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[IncidentShare]":
        """A piece goes no further than its incident: to the readers that were named there."""
        return IncidentShare.objects.filter(record__evidence=pk)

    @property
    def is_picture(self) -> bool:
        """Whether a copy for the screen is drawn of it."""
        return self.group == MediaGroup.IMAGE


class CustodyQuerySet(models.QuerySet["CustodyEvent"]):
    def in_order(self) -> "CustodyQuerySet":
        """As it passed from hand to hand."""
        return self.order_by("at", "id")


class CustodyEvent(models.Model):
    """A piece of evidence passed from one hand to the next, and why. The first is its arrival."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    kind = models.CharField(max_length=11, choices=CustodyKind)
    at = models.DateTimeField(_("when"))
    # Posts and offices, as everywhere: no names where the post will do. Blank: not known.
    from_whom = models.CharField(_("from whom"), max_length=200, blank=True)
    to_whom = models.CharField(_("to whom"), max_length=200)
    why = models.CharField(_("why"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of custody")
        verbose_name_plural = _("custody")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CustodyKind.RECEIVED)
                | (Q(kind=CustodyKind.HANDED_OVER) & ~Q(from_whom="") & ~Q(why="")),
                name="custody_says_from_whom_and_why",
            ),
            models.CheckConstraint(condition=~Q(to_whom=""), name="custody_says_to_whom"),
            models.CheckConstraint(
                condition=Q(at__lte=F("recorded_at")), name="custody_is_not_in_the_future"
            ),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=Q(kind=CustodyKind.RECEIVED),
                name="custody_begins_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "at", "to_whom", "why"], name="custody_passed_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.to_whom}"


class DisplayCopy(models.Model):
    """A picture drawn anew for the screen: what is to be drawn, how far it is, what came of it."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="copy")
    state = models.CharField(_("state"), max_length=7, choices=CopyState, default=CopyState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(_("why it failed"), max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("copy for the screen")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CopyState.WAITING, path="", finished_at=None)
                | Q(state=CopyState.DRAWING, path="", claimed_at__isnull=False)
                | (
                    Q(
                        state=CopyState.DONE,
                        finished_at__isnull=False,
                        sha256__regex=HASH,
                        width__gt=0,
                        height__gt=0,
                    )
                    & ~Q(path="")
                )
                | (Q(state=CopyState.FAILED, path="", finished_at__isnull=False) & ~Q(fault="")),
                name="copy_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MAX_COPY_ATTEMPTS), name="copy_gives_up_in_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "requested_at"],
                condition=Q(state__in=["WAITING", "DRAWING"]),
                name="copy_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
