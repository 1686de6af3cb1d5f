"""Section E: why it went so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models import Graded
from reviews.choices import Counterfactual, FindingKind, Phase
from reviews.models.categories import FailureCategory
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
