"""The bulletin: lessons put before an audience."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import Classification, Role
from agencies.models import Marked, MarkedQuerySet, User
from agencies.models.marking import Person
from bulletins.choices import BulletinState, Language
from bulletins.models.editions import EDITION_RULES, FollowsItsEdition
from bulletins.models.incident_triggers import FollowsItsIncident, MarkedAsItsIncident
from bulletins.models.kinds import KIND_RULES, OfKind
from bulletins.models.release import Release
from bulletins.models.triggers import (
    FollowsItsParts,
    KeepsItsParts,
    KeepsItsWords,
    MarkedAsItsParts,
    OriginatorConsents,
)
from incidents.models import Incident
from lessons.models import Lesson

# Who prepares and sends an agency's products.
EDITORS = (Role.RELEASE_OFFICER, Role.AGENCY_ADMIN)
# Who issues and releases what another has written, and therefore reads it before.
SECONDS = (Role.COMMANDER, *EDITORS)


class BulletinQuerySet(MarkedQuerySet["Bulletin"]):
    def visible_to(self, user: Person) -> Self:
        """Issued bulletins by marking and release; drafts by who may issue them."""
        issued = Q(state=BulletinState.ISSUED) & self.marking_allows(user)
        if not isinstance(user, User) or not user.is_active or user.role not in SECONDS:
            return self.filter(issued)
        own = Q(
            agency_id=user.agency_id, classification__in=Classification.up_to(user.clearance)
        ) & (~Q(tlp="RED") | self.shared_with_person(user) | Q(composed_by=user))
        return self.filter(issued | own)


class Bulletin(OfKind, Marked):
    """What an agency issues: lessons, a flash, a drill card or an action notice."""

    # The same for all editions of a product.
    reference = models.CharField(_("number"), max_length=20, db_index=True)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    # The edition that this one takes the place of once it is issued, and what it says otherwise.
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=160)
    bottom_line = models.TextField(_("the bottom line, in one or two sentences"))
    audience = models.CharField(_("for whom"), max_length=200)
    # One thing to do a line.
    actions = models.TextField(_("what to do, one thing a line"), blank=True)
    act_by = models.DateField(_("by when"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    state = models.CharField(
        _("state"), max_length=6, choices=BulletinState, default=BulletinState.DRAFT
    )
    lessons = models.ManyToManyField(Lesson, through="BulletinLesson", related_name="bulletins")
    composed_at = models.DateTimeField()
    composed_by = models.ForeignKey(User, models.PROTECT, related_name="bulletins_composed")
    # Who last changed its words or its marking since; nobody yet where empty.
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="bulletins_changed"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="bulletins_issued"
    )
    # The frozen record an issued bulletin states, and the SHA-256 that is printed on it.
    content = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    lock_version = models.PositiveIntegerField(default=1)
    # The form it was composed on: sent twice, it is the same bulletin.
    origin = models.CharField(max_length=120, null=True, blank=True, unique=True)

    objects = BulletinQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            *KIND_RULES,
            *EDITION_RULES,
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(bottom_line=""), name="bulletin_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state=BulletinState.DRAFT, issued_at=None, issued_by=None, sha256="")
                | Q(
                    state=BulletinState.ISSUED,
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                    content__isnull=False,
                    sha256__regex=r"^[0-9a-f]{64}$",
                ),
                name="bulletin_issued_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(changed_at=None, changed_by=None)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="bulletin_changed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None)
                | (
                    ~Q(issued_by=F("composed_by"))
                    & (Q(changed_by=None) | ~Q(issued_by=F("changed_by")))
                ),
                name="bulletin_issuer_is_not_its_author",
                violation_error_message=_("Who wrote a bulletin does not issue it."),
            ),
        ]
        indexes = [
            models.Index(fields=["-composed_at", "-id"], name="bulletin_list"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=BulletinState.ISSUED),
            ),
            pgtrigger.FSM(name="state_moves", field="state", transitions=[("DRAFT", "ISSUED")]),
            KeepsItsWords(),
            MarkedAsItsParts(bulletin="NEW.id"),
            MarkedAsItsIncident(),
            FollowsItsEdition(),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("bulletins:bulletin_detail", args=[self.pk])

    def is_written_by(self, user: User) -> bool:
        """Composed by this person, or last changed by them: another issues and releases it."""
        return user.pk in {self.composed_by_id, self.changed_by_id}

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[Release]":
        return Release.objects.live().filter(bulletin=pk)


class BulletinLesson(models.Model):
    """A lesson in a bulletin, in its place."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="parts")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "lesson"], name="lesson_once_a_bulletin"),
            models.UniqueConstraint(
                fields=["bulletin", "position"],
                name="lesson_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [
            KeepsItsParts(),
            OriginatorConsents(),
            MarkedAsItsParts(bulletin="NEW.bulletin_id"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} part {self.position} of bulletin {self.bulletin_id}"


class CarriedLesson(Lesson):
    """A lesson as the bulletins that carry it see it: they are marked up with it."""

    class Meta:
        proxy = True
        triggers = [FollowsItsParts()]


class CarriedIncident(Incident):
    """An incident as the flash bulletins about it see it: their drafts are marked up with it."""

    class Meta:
        proxy = True
        triggers = [FollowsItsIncident()]
