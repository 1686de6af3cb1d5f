"""What is to be rendered, how far it is, and the documents that came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from bulletins.choices import MAX_ATTEMPTS, RenderingState
from bulletins.models.brief import Brief
from bulletins.models.bulletin import Bulletin


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


class RenderingQuerySet(models.QuerySet["Rendering"]):
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
            models.Index(
                fields=["state", "requested_at"],
                condition=Q(state__in=["WAITING", "RENDERING"]),
                name="rendering_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
