"""The brief: one incident or one review on a page or two, as it stood when asked for."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Marked, MarkedQuerySet, NeverWider, User
from bulletins.choices import BriefKind, Language
from bulletins.models.release import Release
from incidents.models import Incident
from reviews.models import Review


class Brief(Marked):
    """A PDF of one incident or review, owned by the agency of whoever asked for it.

    Read by that agency, as AMBER+STRICT at most: it never goes further than its source.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=BriefKind)
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="briefs"
    )
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="briefs")
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    title = models.CharField(_("title"), max_length=250)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="briefs")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = MarkedQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=BriefKind.INCIDENT, incident__isnull=False, review=None)
                | Q(kind=BriefKind.REVIEW, incident=None, review__isnull=False),
                name="brief_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="brief_hash_is_sha256"
            ),
        ]
        indexes = [models.Index(fields=["-requested_at", "-id"], name="brief_list")]
        triggers = [NeverWider()]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("bulletins:brief_detail", args=[self.pk])

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[Release]":  # noqa: ARG003
        # A brief is never released; a bulletin is.
        return Release.objects.none()
