"""The light form in three answers, where it came from, and the chapters of the heavy one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents.models.moments import Moment
from reviews.choices import ChapterCode
from reviews.models.review import Review
from reviews.models.rows import AT_ONCE, Row


class HotDebrief(Row, Moment):
    """What a hot debrief says in its own words; it stays as it is when the review grows.

    When it happened stands here as the debrief has it: the incident may say it otherwise.
    """

    review = models.OneToOneField(Review, models.CASCADE, related_name="debrief")
    conditions = models.TextField(_("what it was like"), blank=True)
    actions = models.TextField(_("what we did"), blank=True)
    needs = models.TextField(_("what we need"), blank=True)
    # Said by the team, so that no finding is an answer and not an omission.
    no_finding = models.BooleanField(_("no finding"), default=False)

    class Meta(Row.Meta, Moment.Meta):
        abstract = False
        constraints = [*Row.Meta.constraints, *Moment.Meta.constraints]

    def __str__(self) -> str:
        return f"#{self.pk} hot debrief of review {self.review_id}"


class OfflineFiling(models.Model):
    """A debrief that was written without a network and handed in as a file, once."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="filings")
    # The number of the issued blank, and the hash of what was handed in.
    blank = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "sha256"], name="filing_once_a_review"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} file of blank {self.blank}"


class Chapter(Row):
    """One chapter of a major review, in words; a chapter that nobody wrote is not there."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="chapters")
    code = models.CharField(_("chapter"), max_length=11, choices=ChapterCode)
    text = models.TextField(_("in words"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "code"], name="chapter_once_a_review", deferrable=AT_ONCE
            ),
            models.CheckConstraint(condition=~Q(text=""), name="chapter_says_something"),
            models.CheckConstraint(
                condition=Q(code__in=ChapterCode.values), name="chapter_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} chapter {self.code} of review {self.review_id}"
