"""Section G: what was done for victims and families. No victim is named."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.choices import AmountFor, CareKind, CareState, Survivable
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
    until_date = models.DateField(_("until"), null=True, blank=True)
    people = models.PositiveIntegerField(_("for how many people"), null=True, blank=True)
    by_post = models.CharField(_("by which post"), max_length=120, blank=True)
    announced = models.PositiveBigIntegerField(_("announced, in rupees"), null=True, blank=True)
    paid = models.PositiveBigIntegerField(_("paid, in rupees"), null=True, blank=True)
    amount_for = models.CharField(
        _("the amount is"), max_length=12, choices=AmountFor, blank=True, default=""
    )
    # In another currency, from a fund, as a range: the words of the source.
    amount_published = models.CharField(
        _("amount in the words of the source"), max_length=200, blank=True
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
                condition=Q(kind=CareKind.COMPENSATION)
                | Q(announced=None, paid=None, amount_published=""),
                name="care_amounts_only_of_compensation",
                violation_error_message=_("Amounts belong to a line on compensation."),
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("on_date")),
                name="care_ends_after_it_began",
                violation_error_code="until_date",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.state}"


class DeathFinding(Row):
    """What an inquest or inquiry found of how people died, and whether they could have been saved.

    Numbers only: nobody is named, and nobody is counted here who is not counted by the source.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="deaths")
    people = models.PositiveIntegerField(_("of how many people"), null=True, blank=True)
    conclusion = models.CharField(
        _("how they died, in the words of the source"), max_length=300, blank=True
    )
    survivable = models.CharField(
        _("could they have been saved?"),
        max_length=9,
        choices=Survivable,
        default=Survivable.NOT_ASKED,
    )
    words = models.TextField(_("in the words of the source"), blank=True)
    decided_by = models.CharField(_("who found it"), max_length=200, blank=True)
    on_date = models.DateField(_("found on"), null=True, blank=True)
    source_reference = models.CharField(_("place in the source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(survivable__in=Survivable.values), name="death_code_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(conclusion="", words="", survivable=Survivable.NOT_ASKED),
                name="death_says_something",
                violation_error_code="conclusion",
                violation_error_message=_(
                    "Say how they died, or whether they could have been saved."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.survivable}"

    @property
    def label(self) -> str:
        """How it is told apart."""
        return self.conclusion or str(self.get_survivable_display())
