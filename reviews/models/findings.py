"""Section E: why it went so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import Precision, YesNoUnknown
from incidents.models import Graded
from incidents.models.moments import Moment
from reviews.choices import (
    Confidence,
    Counterfactual,
    FindingKind,
    Phase,
    Probability,
    Severity,
)
from reviews.models.categories import FailureCategory
from reviews.models.review import Review
from reviews.models.rows import AT_ONCE, Row
from reviews.models.triggers import ShortWhileHot


class Finding(Row, Moment, Graded):
    """A strength, a failure or a gap: what was expected, what happened, what shows it.

    It need not be answered by a recommendation. The other schemes that name its cause (Reason,
    HSEEP, CONTEST) hang from its category, so that nobody codes it twice.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    # Of a published inquiry: its own number of the finding, and chapters and paragraphs.
    source_number = models.CharField(_("number in the source"), max_length=40, blank=True)
    source_reference = models.CharField(_("reference in the source"), max_length=300, blank=True)
    source_words = models.TextField(_("finding, in the words of the source"), blank=True)
    # When what it is about happened or was missed; most findings have no one moment.
    precision = models.CharField(
        _("precise to"), max_length=8, choices=Precision, default=Precision.UNKNOWN
    )
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
    other_categories = models.ManyToManyField(
        FailureCategory, related_name="+", blank=True, verbose_name=_("other categories")
    )
    phase = models.CharField(_("phase"), max_length=6, choices=Phase, default=Phase.BEFORE)
    expected = models.TextField(_("what was expected"), blank=True)
    expected_in = models.CharField(_("where that is laid down"), max_length=300, blank=True)
    happened = models.TextField(_("what happened"), blank=True)
    evidence = models.TextField(_("what shows it"), blank=True)
    probability = models.CharField(
        _("how likely it is so"), max_length=15, choices=Probability, blank=True, default=""
    )
    confidence = models.CharField(
        _("confidence in that"), max_length=8, choices=Confidence, blank=True, default=""
    )
    counterfactual = models.CharField(
        _("had this held, would harm have been less?"),
        max_length=8,
        choices=Counterfactual,
        default=Counterfactual.UNKNOWN,
    )
    counterfactual_why = models.TextField(_("why that is thought"), blank=True)
    severity_published = models.CharField(
        _("severity in the words of the source"), max_length=200, blank=True
    )
    severity = models.CharField(
        _("severity"), max_length=8, choices=Severity, default=Severity.UNKNOWN
    )
    known_before = models.CharField(
        _("known before the incident"),
        max_length=7,
        choices=YesNoUnknown,
        default=YesNoUnknown.UNKNOWN,
    )
    # As far as anybody knows: "July 2018", "the inspection of 2015".
    known_since = models.CharField(_("known since"), max_length=80, blank=True)
    known_from = models.CharField(_("which earlier review said so"), max_length=300, blank=True)

    class Meta(Row.Meta, Moment.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            *Moment.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "number"], name="finding_number_once", deferrable=AT_ONCE
            ),
            models.CheckConstraint(condition=~Q(title=""), name="finding_says_what"),
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values, phase__in=Phase.values),
                name="finding_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(probability__in=["", *Probability.values])
                & Q(confidence__in=["", *Confidence.values])
                & Q(counterfactual__in=Counterfactual.values)
                & Q(severity__in=Severity.values),
                name="finding_judgement_is_known",
            ),
            models.CheckConstraint(
                condition=Q(known_before=YesNoUnknown.YES) | Q(known_since="", known_from=""),
                name="finding_known_since_when",
                violation_error_message=_(
                    "Since when, and from which review, is for a problem that was known before."
                ),
            ),
        ]
        triggers = [ShortWhileHot()]

    def __str__(self) -> str:
        return f"#{self.pk} finding {self.number} of review {self.review_id}"
