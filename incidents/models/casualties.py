"""Casualties: a dated, sourced series, never one integer."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents.choices import NOT_VICTIMS, CasualtyGroup, CasualtyState
from incidents.models.incident import Incident
from incidents.models.sources import Source


class CasualtyCountQuerySet(models.QuerySet["CasualtyCount"]):
    def of_victims(self) -> "CasualtyCountQuerySet":
        """Counts of victims; attackers stand apart."""
        return self.exclude(group__in=NOT_VICTIMS)

    def in_order(self) -> "CasualtyCountQuerySet":
        """As they were reported: by day, then as entered."""
        return self.order_by("as_of", "position", "id")


class CasualtyCount(models.Model):
    """One report of how many, of whom, in what state, as of a day, by somebody.

    `low`, `best` and `high` are numbers of people; "50+" is low=50 with nothing else.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="casualty_counts")
    group = models.CharField(
        _("who"), max_length=12, choices=CasualtyGroup, default=CasualtyGroup.VICTIMS
    )
    state = models.CharField(_("state"), max_length=13, choices=CasualtyState)
    low = models.PositiveIntegerField(_("lowest"), null=True, blank=True)
    best = models.PositiveIntegerField(_("best"), null=True, blank=True)
    high = models.PositiveIntegerField(_("highest"), null=True, blank=True)
    # Kept as a data set published it, though the three do not rise.
    is_out_of_order = models.BooleanField(default=False)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    as_of_text = models.CharField(_("as of, as published"), max_length=60, blank=True)
    # Counts of one report share a position, so that killed and injured stand in one row.
    position = models.PositiveIntegerField(default=0)
    reported_by = models.CharField(_("said by"), max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="counts")
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CasualtyCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                name="count_says_a_number",
                violation_error_message=_("Give at least one number."),
            ),
            models.CheckConstraint(
                condition=Q(is_out_of_order=True)
                | (
                    (Q(low=None) | Q(best=None) | Q(low__lte=F("best")))
                    & (Q(best=None) | Q(high=None) | Q(best__lte=F("high")))
                    & (Q(low=None) | Q(high=None) | Q(low__lte=F("high")))
                ),
                name="count_low_best_high_in_order",
                violation_error_message=_("Lowest, best and highest must rise in that order."),
            ),
            models.CheckConstraint(
                condition=Q(group__in=CasualtyGroup.values, state__in=CasualtyState.values),
                name="count_codes_are_known",
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "state", "as_of", "position"], name="count_series"),
            # By how many were killed, for the register's "at least so many".
            models.Index(
                Greatest("low", "best", "high"),
                "incident",
                condition=Q(group=CasualtyGroup.VICTIMS, state=CasualtyState.KILLED),
                name="count_killed",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.group} {self.state} {self.text}"

    @property
    def text(self) -> str:
        """ "15", "50+", "52–60" or "52–60 (best 55)"."""
        if self.low is not None and self.best is None and self.high is None:
            return f"{self.low}+"
        if self.low is None and self.high is None:
            return f"{self.best}"
        low, high = self.low if self.low is not None else self.best, self.high
        ends = f"{low}" if low == high else f"{low if low is not None else ''}–{high or ''}"
        return ends if self.best is None or low == high else f"{ends} ({self.best})"

    @property
    def figure(self) -> int:
        """The one number a chart can draw: best, else lowest, else highest."""
        return next(n for n in (self.best, self.low, self.high) if n is not None)

    @property
    def is_open_ended(self) -> bool:
        """ "50+": a floor, not a count."""
        return self.best is None and self.high is None
