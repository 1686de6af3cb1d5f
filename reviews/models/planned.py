"""Section B: what was planned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import Occasion, YesNoUnknown
from incidents.models import Graded
from reviews.choices import (
    RATED,
    DecisionOutcome,
    InPlace,
    KnownOnDuty,
    Rating,
    RiskRating,
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


class PlanInForce(Row, Graded):
    """A plan or order that bore on the day: whether it was in force, rehearsed, and known."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="plans")
    title = models.CharField(_("Plan or order"), max_length=200)
    number = models.CharField(_("Number or reference"), max_length=80, blank=True)
    issued_by = models.CharField(_("Issued by"), max_length=200, blank=True)
    issued_date = models.DateField(_("Issued on"), null=True, blank=True)
    in_force = models.CharField(
        _("In force on the day"),
        max_length=7,
        choices=YesNoUnknown,
        default=YesNoUnknown.UNKNOWN,
    )
    rehearsed = models.CharField(
        _("Rehearsed"), max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    rehearsed_date = models.DateField(_("Last rehearsed on"), null=True, blank=True)
    known = models.CharField(
        _("Known"),
        max_length=7,
        choices=KnownOnDuty,
        default=KnownOnDuty.UNKNOWN,
    )
    note = models.TextField(_("Note"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="plan_is_named"),
            models.CheckConstraint(
                condition=Q(rehearsed_date=None) | Q(rehearsed=YesNoUnknown.YES),
                name="plan_day_only_if_rehearsed",
                violation_error_code="rehearsed_date",
                violation_error_message=_("Give the day only of a rehearsal that was held."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title[:40]}"


class OccasionRisk(Row, Graded):
    """A day on which crowds gather, and how its risk was rated beforehand and by which post."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="occasions")
    occasion = models.CharField(_("Occasion"), max_length=12, choices=Occasion)
    rating = models.CharField(
        _("How the risk was rated"),
        max_length=9,
        choices=RiskRating,
        default=RiskRating.UNKNOWN,
    )
    rated_by = models.CharField(_("Rated by"), max_length=200, blank=True)
    rated_date = models.DateField(_("Rated on"), null=True, blank=True)
    note = models.TextField(_("On what grounds, and what followed"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rating__in=RATED) | Q(rated_by="", rated_date=None),
                name="occasion_rated_by_somebody",
                violation_error_code="rated_by",
                violation_error_message=_(
                    "Give the post and the day only where somebody rated the risk."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.occasion} {self.rating}"

    @property
    def words(self) -> str:
        """What it is called where it is removed."""
        return str(self.get_occasion_display())


class Deployment(Row, Graded):
    """People or means that were to be there: how many were planned, how many came, where."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="resources")
    text = models.CharField(_("What"), max_length=200)
    agency = models.CharField(_("Of which agency or unit"), max_length=120, blank=True)
    planned = models.PositiveIntegerField(_("Number planned"), null=True, blank=True)
    present = models.PositiveIntegerField(_("Number present"), null=True, blank=True)
    posted_at = models.CharField(_("Where posted"), max_length=200, blank=True)
    note = models.TextField(_("Note"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="deployment_says_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:40]}"

    @property
    def missing(self) -> int | None:
        """How many fewer came than were planned; None where either number is not known."""
        if self.planned is None or self.present is None:
            return None
        return max(self.planned - self.present, 0)


class DecisionRight(Row, Graded):
    """A decision that had to be taken: which post held it, on what authority, what became of it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="decisions")
    text = models.CharField(_("Decision"), max_length=300)
    outcome = models.CharField(
        _("What became of it"),
        max_length=9,
        choices=DecisionOutcome,
        default=DecisionOutcome.UNKNOWN,
    )
    held_by = models.CharField(_("Held by"), max_length=200, blank=True)
    authority = models.CharField(_("On what authority"), max_length=200, blank=True)
    delegated_to = models.CharField(_("Delegated to"), max_length=200, blank=True)
    known_then = models.TextField(_("What was known then"), blank=True)
    note = models.TextField(_("What was done"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_which"),
            models.CheckConstraint(
                condition=~Q(outcome=DecisionOutcome.NO_OWNER) | Q(held_by="", delegated_to=""),
                name="decision_without_owner_names_none",
                violation_error_code="held_by",
                violation_error_message=_(
                    "Where nobody knew who held the decision, no post is given."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(outcome=DecisionOutcome.TAKEN) | ~Q(held_by=""),
                name="decision_taken_by_a_post",
                violation_error_code="held_by",
                violation_error_message=_("Say which post took the decision."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=DecisionOutcome.DELEGATED) & ~Q(delegated_to="")
                | ~Q(outcome=DecisionOutcome.DELEGATED) & Q(delegated_to=""),
                name="decision_delegated_to_a_post",
                violation_error_code="delegated_to",
                violation_error_message=_(
                    "Say to which post it was delegated, and only where it was."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:40]}"
