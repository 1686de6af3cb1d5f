"""Sections I and J: dissent that nobody can edit, signatures, and the frozen versions."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from reviews.choices import DissentKind, SignOffDeed
from reviews.models.review import Review

KEPT = pgtrigger.Protect(name="kept_as_written", operation=pgtrigger.Update | pgtrigger.Delete)


class Dissent(models.Model):
    """A comment or dissent of an agency or a member. Nobody can edit or remove it; it prints."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="dissents")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dissents")
    kind = models.CharField(_("what it disputes"), max_length=14, choices=DissentKind)
    about = models.CharField(_("which passage"), max_length=120, blank=True)
    text = models.TextField(_("in your words"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="dissents")
    # From the form that attached it, so that a second click attaches nothing.
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="dissent_says_what")]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class SignOff(models.Model):
    """One signature on the review's way: submitted, returned with comments, approved, published."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="signoffs")
    deed = models.CharField(max_length=9, choices=SignOffDeed)
    comment = models.TextField(_("comments"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="signoffs")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(deed=SignOffDeed.RETURNED) | ~Q(comment=""),
                name="return_says_why",
                violation_error_message=_("Say what is to be put right."),
            )
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} {self.deed} of review {self.review_id}"


class ReviewVersion(models.Model):
    """The review as it was approved or published: canonical JSON and its SHA-256."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="version_hash_is_sha256"
            ),
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} version {self.number} of review {self.review_id}"
