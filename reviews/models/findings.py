"""Sections E and F: why it went so, and what is to be done, by whom, by when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from incidents.models import Graded
from reviews.choices import Counterfactual, FindingKind, Phase, RecommendationStatus
from reviews.models.categories import FailureCategory, RecommendationCategory
from reviews.models.review import Review
from reviews.models.rows import Row


class Finding(Row, Graded):
    """A strength, a failure or a gap: what was expected, what happened, what shows it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=9, choices=FindingKind)
    title = models.CharField(_("finding, in one sentence"), max_length=200)
    category = models.ForeignKey(
        FailureCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("category"),
    )
    phase = models.CharField(_("phase"), max_length=6, choices=Phase, default=Phase.BEFORE)
    expected = models.TextField(_("what was expected"), blank=True)
    happened = models.TextField(_("what happened"), blank=True)
    evidence = models.TextField(_("what shows it"), blank=True)
    counterfactual = models.CharField(
        _("had this held, would harm have been less?"),
        max_length=8,
        choices=Counterfactual,
        default=Counterfactual.UNKNOWN,
    )

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="finding_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="finding_says_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} finding {self.number} of review {self.review_id}"


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
