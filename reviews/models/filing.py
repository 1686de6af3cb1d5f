"""While a review is written: earlier wording, forms half typed, who is where."""

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from reviews.choices import Letter
from reviews.models.review import Review
from reviews.models.triggers import ThinnedByTheMachine


class EarlierWording(models.Model):
    """What a section or a line said at a version that another one followed.

    `of` is the letter of a section, or the kind of a line, whose number is `row`. What somebody
    wrote is merged with what others wrote since by the version that they had read; so nothing that
    was ever saved is lost, and all of it can be read again; once the review is published, as it
    stood at the end of each sitting. What stood between is in the audit record.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="earlier")
    of = models.CharField(max_length=40)
    row = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField()
    values = models.JSONField(encoder=DjangoJSONEncoder)
    # As one person typed it, before it was put together with what another had saved meanwhile.
    is_typed = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "of", "row", "version"], name="earlier_wording_once_a_version"
            ),
            models.CheckConstraint(
                condition=Q(by=None, at=None) | Q(by__isnull=False, at__isnull=False),
                name="earlier_wording_by_somebody",
                violation_error_message=_("What somebody wrote has its hour."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="only_added_to", operation=pgtrigger.Update),
            ThinnedByTheMachine(),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.of} {self.row or ''} at version {self.version}"


class Draft(models.Model):
    """A form as one person left it, kept until it is saved; seen by nobody else.

    `form` is the address of its page; `page` tells two windows of one form from each other, so that
    neither writes over what was typed in the other.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    form = models.CharField(max_length=200)
    page = models.CharField(max_length=36, blank=True)
    # Pairs of a name and what was typed, in order, as a browser sends them.
    fields = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "review", "form", "page"], name="draft_once_a_page"
            ),
            models.CheckConstraint(
                condition=~Q(fields=[]),
                name="draft_says_something",
                violation_error_message=_("Nothing was typed."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} draft of {self.form}"


class Presence(models.Model):
    """Where in a review a person was last seen writing."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    letter = models.CharField(max_length=1, choices=Letter)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="presence_in_one_place"),
            models.CheckConstraint(
                condition=Q(letter__in=Letter.values),
                name="presence_in_a_section",
                violation_error_message=_("This is no section."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} in {self.letter} of review {self.review_id}"
