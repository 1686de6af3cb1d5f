"""The ten sections of a review."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from reviews.choices import Language, Letter, SectionState


class Section(models.Model):
    """One of the ten sections: its narrative and how far it is.

    `version` rises with each save, so that two people never overwrite each other unseen.
    """

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="sections")
    letter = models.CharField(max_length=1, choices=Letter)
    text = models.TextField(_("in words"), blank=True)
    # Of these words; blank: that of the review.
    language = models.CharField(
        _("language"), max_length=5, choices=Language, blank=True, default=""
    )
    state = models.CharField(max_length=11, choices=SectionState, default=SectionState.NOT_STARTED)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Set by saving: the version that says what was typed, to write on from there.
    read_as = 0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "letter"], name="section_once_a_review"),
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="section_edited_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.letter} of review {self.review_id}"
