"""Sections I and J: dissent that nobody can edit, signatures, and the frozen versions."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from reviews.choices import DissentKind, Letter, PassageKind, SignOffDeed
from reviews.models.review import Review

KEPT = pgtrigger.Protect(name="kept_as_written", operation=pgtrigger.Update | pgtrigger.Delete)


class Dissent(models.Model):
    """A comment or dissent of an agency or a member. Nobody can edit or remove it; it prints."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="dissents")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dissents")
    kind = models.CharField(_("what it disputes"), max_length=14, choices=DissentKind)
    about = models.CharField(_("which passage"), max_length=120, blank=True)
    # The passage itself: a section's letter, or the row's own number, which is never given again.
    # No foreign key: the passage may be taken out of a draft, the dissent stays as it was written.
    passage = models.CharField(max_length=14, choices=PassageKind, blank=True)
    passage_key = models.CharField(max_length=20, blank=True)
    text = models.TextField(_("in your words"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="dissents")
    # From the form that attached it, so that a second click attaches nothing.
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="dissent_says_what"),
            models.CheckConstraint(
                condition=Q(passage="", passage_key="") | (~Q(passage="") & ~Q(passage_key="")),
                name="dissent_names_its_passage_whole",
            ),
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class DissentAnswer(models.Model):
    """What the lead or the facilitator answers to a dissent; it stands beside it as written."""

    dissent = models.ForeignKey(Dissent, models.PROTECT, related_name="answers")
    text = models.TextField(_("the answer"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # From the form that gave it, so that a second click gives nothing.
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="dissent_answer_says_what")
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} answer to dissent {self.dissent_id}"


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


class SectionComment(models.Model):
    """What a commander asks of one section when returning the review, and what the team did.

    The words are kept as they were written; the answer is given once and kept as well.
    """

    signoff = models.ForeignKey(SignOff, models.PROTECT, related_name="on_sections")
    review = models.ForeignKey(Review, models.PROTECT, related_name="section_comments")
    letter = models.CharField(_("section"), max_length=1, choices=Letter)
    text = models.TextField(_("what is to be put right"))
    answer = models.TextField(_("what was done"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signoff", "letter"], name="comment_once_a_section"),
            models.CheckConstraint(
                condition=~Q(text="") & Q(letter__in=Letter.values), name="comment_says_what"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="comment_answered_by_somebody",
                violation_error_message=_("Say what was done."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="kept_as_written", fields=["signoff", "review", "letter", "text"]
            ),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} on {self.letter} of review {self.review_id}"


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
