"""What is to be rendered, how far it is, and the documents that came of it."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from agencies.models import Agency, User
from bulletins.choices import MAX_ATTEMPTS, RenderingState, Urgency
from bulletins.models.brief import Brief
from bulletins.models.bulletin import Bulletin

# Kinds of product that go before all others, and kinds that are made for many at a time.
GOES_FIRST = frozenset({"FLASH"})
GOES_LAST = frozenset({"DIGEST"})
# What a rendering may be of.
SUBJECTS = ("bulletin_id", "brief_id")
QUEUE_UP = """
    NEW.agency_id = coalesce(NEW.agency_id,
        (SELECT agency_id FROM agencies_user WHERE id = NEW.requested_by_id));
    NEW.queued_at = coalesce(NEW.queued_at, NEW.requested_at);
    RETURN NEW;
"""


class Document(models.Model):
    """A finished PDF in the file storage, named by the SHA-256 of its bytes."""

    # SHA-256 of all that went into it (HTML, sheet, fonts, variant): the same again is not redone.
    content_key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    size = models.PositiveIntegerField(help_text="bytes")
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", size__gt=0, pages__gt=0),
                name="document_is_a_file",
            )
        ]
        indexes = [models.Index(fields=["sha256"], name="document_by_hash")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.path}"


def urgency_of(product: Bulletin | Brief) -> Urgency:
    """The class of a product's rendering when it is asked for by itself."""
    kind = str(getattr(product, "kind", ""))
    if kind in GOES_FIRST:
        return Urgency.FLASH
    return Urgency.BULK if kind in GOES_LAST else Urgency.SINGLE


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def visible_to(self, user: User) -> Self:
        """The books: an agency admin's own agency, a system admin's whole deployment."""
        if not user.is_active or user.role not in {Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN}:
            return self.none()
        return self if user.role == Role.SYSTEM_ADMIN else self.filter(agency=user.agency_id)

    def may_be_tried(self, now: datetime) -> Self:
        """Waiting for a worker; a further try not before its time has come."""
        return self.filter(Q(attempts=0) | Q(queued_at__lte=now), state=RenderingState.WAITING)

    def unfinished(self) -> "RenderingQuerySet":
        """Renderings that the worker still owes."""
        return self.filter(state__in=[RenderingState.WAITING, RenderingState.RENDERING])


class Rendering(models.Model):
    """One document to be made, of a bulletin or of a brief."""

    bulletin = models.ForeignKey(
        Bulletin, models.CASCADE, null=True, blank=True, related_name="renderings"
    )
    brief = models.ForeignKey(
        Brief, models.CASCADE, null=True, blank=True, related_name="renderings"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=RenderingState, default=RenderingState.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="renderings")
    # Whose turn it uses up: the agency of who asked, in the post they asked in.
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    priority = models.PositiveSmallIntegerField(_("class"), choices=Urgency, default=Urgency.SINGLE)
    # Its place among those of its agency and class; a further try is not made before this.
    queued_at = models.DateTimeField()
    # Who works on it, or did last.
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(_("why it failed"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="renderings"
    )

    objects = RenderingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bulletin__isnull=False, brief=None)
                | Q(bulletin=None, brief__isnull=False),
                name="rendering_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=RenderingState.WAITING, document=None, finished_at=None)
                | Q(state=RenderingState.RENDERING, document=None, claimed_at__isnull=False)
                | Q(
                    state=RenderingState.DONE,
                    document__isnull=False,
                    finished_at__isnull=False,
                )
                | (
                    Q(state=RenderingState.FAILED, document=None, finished_at__isnull=False)
                    & ~Q(error="")
                ),
                name="rendering_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MAX_ATTEMPTS), name="rendering_gives_up_in_time"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Urgency.values), name="rendering_class_is_known"
            ),
            # One unfinished rendering a product: a second click rings, it does not ask again.
            models.UniqueConstraint(
                fields=["bulletin"],
                condition=Q(state__in=["WAITING", "RENDERING"]),
                name="bulletin_rendered_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["brief"],
                condition=Q(state__in=["WAITING", "RENDERING"]),
                name="brief_rendered_once_at_a_time",
            ),
        ]
        indexes = [
            # One step of the claim for each agency and class, however many wait.
            models.Index(
                fields=["priority", "agency", "queued_at", "id"],
                condition=Q(state="WAITING"),
                name="rendering_waiting",
            ),
            models.Index(
                fields=["agency"], condition=Q(state="RENDERING"), name="rendering_at_work"
            ),
            models.Index(fields=["agency", "-claimed_at"], name="rendering_served"),
            models.Index(
                fields=["-finished_at"],
                condition=Q(finished_at__isnull=False),
                name="rendering_finished",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="queued_for_its_agency",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=QUEUE_UP,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    def of_the_same(self) -> RenderingQuerySet:
        """All renderings of what this one is of."""
        return Rendering.objects.filter(**{name: getattr(self, name) for name in SUBJECTS})


class Worker(models.Model):
    """A worker that takes jobs, and when it was last heard of."""

    name = models.CharField(max_length=200, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
