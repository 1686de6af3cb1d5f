"""Section F: what is to be done, by whom, by when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from reviews.choices import RecommendationStatus
from reviews.models.categories import RecommendationCategory
from reviews.models.findings import Finding
from reviews.models.review import Review
from reviews.models.rows import Row


class Recommendation(Row):
    """What one accountable post is to do by a day, and how it will be seen that it is done."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="recommendations")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=60, unique=True)
    text = models.TextField(_("what is to be done"))
    category = models.ForeignKey(
        RecommendationCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("category"),
    )
    owner_post = models.CharField(_("owner: one post"), max_length=120)
    owner_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations_owned",
        verbose_name=_("owner's agency"),
    )
    due_date = models.DateField(_("due"))
    closure_criterion = models.TextField(_("closed when"), blank=True)
    status = models.CharField(
        _("status"),
        max_length=4,
        choices=RecommendationStatus,
        default=RecommendationStatus.OPEN_AWAIT_RESPONSE,
    )
    findings = models.ManyToManyField(
        Finding, related_name="recommendations", blank=True, verbose_name=_("answers finding")
    )

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(owner_post=""), name="recommendation_has_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"
