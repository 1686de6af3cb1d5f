"""Section B: what was planned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.choices import (
    InPlace,
    Rating,
)
from reviews.models.review import Review
from reviews.models.rows import Row


class PlannedMeasure(Row):
    """A measure that plan, order or standard called for, and whether it was there."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="measures")
    text = models.CharField(_("measure"), max_length=300)
    laid_down_in = models.CharField(_("plan, order or standard"), max_length=200, blank=True)
    in_place = models.CharField(
        _("was it in place?"), max_length=7, choices=InPlace, default=InPlace.UNKNOWN
    )
    rating = models.CharField(
        _("how it worked"), max_length=1, choices=Rating, blank=True, default=""
    )
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="measure_says_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:40]}"
