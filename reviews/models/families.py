"""Section G: what was done for victims and families. No victim is named."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.choices import AmountFor, CareKind, CareState
from reviews.models.review import Review
from reviews.models.rows import Row


class CareStep(Row):
    """One thing that is owed to victims and families, and how far it went.

    Amounts are rupees as somebody reported them, never added up by the product.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="care")
    kind = models.CharField(_("what was owed"), max_length=14, choices=CareKind)
    state = models.CharField(
        _("how far"), max_length=7, choices=CareState, default=CareState.UNKNOWN
    )
    on_date = models.DateField(_("on"), null=True, blank=True)
    by_post = models.CharField(_("by which post"), max_length=120, blank=True)
    announced = models.PositiveBigIntegerField(_("announced, in rupees"), null=True, blank=True)
    paid = models.PositiveBigIntegerField(_("paid, in rupees"), null=True, blank=True)
    amount_for = models.CharField(
        _("the amount is"), max_length=12, choices=AmountFor, blank=True, default=""
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=CareKind.values, state__in=CareState.values),
                name="care_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=CareKind.COMPENSATION) | Q(announced=None, paid=None),
                name="care_amounts_only_of_compensation",
                violation_error_message=_("Amounts belong to a line on compensation."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.state}"
