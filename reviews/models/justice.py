"""Section H: how far justice is. Numbers and days, never a name."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.choices import JusticeKind, JusticeState, Outcome
from reviews.models.review import Review
from reviews.models.rows import Row


class JusticeStep(Row):
    """One step of the case: registered, examined, arrested, charged, heard, decided, appealed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="justice")
    kind = models.CharField(_("step"), max_length=8, choices=JusticeKind)
    reference = models.CharField(_("number or reference"), max_length=120, blank=True)
    state = models.CharField(
        _("how far"), max_length=7, choices=JusticeState, default=JusticeState.UNKNOWN
    )
    # Of an examination: the day it was sent, and the day its report came.
    on_date = models.DateField(_("day"), null=True, blank=True)
    reported_date = models.DateField(_("report received on"), null=True, blank=True)
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    court = models.CharField(_("court, laboratory or station"), max_length=160, blank=True)
    outcome = models.CharField(
        _("what the court decided"), max_length=9, choices=Outcome, blank=True, default=""
    )
    outcome_published = models.CharField(
        _("decision in the words of the court"), max_length=300, blank=True
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=JusticeKind.values, state__in=JusticeState.values)
                & Q(outcome__in=["", *Outcome.values]),
                name="justice_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind__in=[JusticeKind.VERDICT, JusticeKind.APPEAL]),
                name="justice_outcome_only_of_a_court",
                violation_error_message=_("Only a verdict or an appeal has an outcome."),
            ),
            models.CheckConstraint(
                condition=Q(reported_date=None) | Q(kind=JusticeKind.FORENSIC),
                name="justice_report_only_of_an_examination",
                violation_error_message=_("Only an examination has a day of its report."),
            ),
            models.CheckConstraint(
                condition=Q(on_date=None)
                | Q(reported_date=None)
                | Q(reported_date__gte=F("on_date")),
                name="justice_sent_before_reported",
                violation_error_message=_("The report came before it was asked for."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.state}"
