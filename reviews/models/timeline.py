"""Section D: what happened."""

from datetime import datetime, timedelta

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from incidents.choices import TIMED
from incidents.models import Evidence, Graded
from incidents.models.moments import Moment
from reviews.choices import EntryKind, Milestone, Phase, TimelineSource
from reviews.models.review import Review
from reviews.models.rows import Row

# In seconds, a week: a clock that is further out is not to be relied on at all.
MOST_OFFSET = 604_800
# Asked after the lock, which says first who may add a row at all.
OF_THE_INCIDENT = """
    IF (SELECT e.incident_id FROM incidents_evidence e WHERE e.id = NEW.evidence_id)
        = (SELECT r.incident_id FROM reviews_timelineentry t
            JOIN reviews_review r ON r.id = t.review_id WHERE t.id = NEW.entry_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'evidence % is not of the incident under review', NEW.evidence_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_evidence_of_the_incident';
"""


class TimelineEntry(Row, Moment, Graded):
    """One deed on the timeline: when, who acted, whom they told, who says so.

    The time is as its source gives it; `clock_offset` says by how much that clock was out, and
    everything that is ordered, drawn or measured uses the corrected time.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="timeline")
    # Seconds by which the clock of the source runs fast; below zero: slow.
    clock_offset = models.IntegerField(_("its clock runs fast by, seconds"), default=0)
    phase = models.CharField(_("phase"), max_length=6, choices=Phase, default=Phase.DURING)
    kind = models.CharField(_("kind"), max_length=13, choices=EntryKind, default=EntryKind.ACTION)
    acting = models.CharField(_("agency that acted"), max_length=120, blank=True)
    told = models.CharField(_("agency that was told"), max_length=120, blank=True)
    # The agency of this deployment that goes by the name above, where there is one.
    acting_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    told_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    text = models.TextField(_("what happened, one deed"))
    decided = models.TextField(_("what was decided"), blank=True)
    because = models.TextField(_("why it was decided so"), blank=True)
    authority = models.CharField(_("on what authority"), max_length=300, blank=True)
    milestone = models.CharField(_("milestone"), max_length=13, choices=Milestone, blank=True)
    # Part of the log of what the public was told.
    is_public = models.BooleanField(_("told to the public"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_kind = models.CharField(
        _("kind of source"), max_length=9, choices=TimelineSource, blank=True
    )
    # Why one account was held to be right; blank while the accounts stand unsettled.
    settled = models.TextField(_("how the accounts were settled"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta, Moment.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            *Moment.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="entry_says_what"),
            models.CheckConstraint(
                condition=Q(clock_offset=0)
                | Q(
                    precision__in=TIMED,
                    clock_offset__gte=-MOST_OFFSET,
                    clock_offset__lte=MOST_OFFSET,
                ),
                name="entry_clock_out_only_where_timed",
                violation_error_message=_("A clock is out only where it gives a time."),
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.DECISION) | Q(decided="", because="", authority=""),
                name="entry_only_a_decision_is_decided",
                violation_error_message=_(
                    "Only a decision has a reason and an authority: choose the kind “Decision”, "
                    "or empty them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EntryKind.values)
                & Q(phase__in=Phase.values)
                & (Q(milestone="") | Q(milestone__in=Milestone.values))
                & (Q(source_kind="") | Q(source_kind__in=TimelineSource.values)),
                name="entry_codes_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:40]}"

    @property
    def began(self) -> datetime | None:
        """Date and time in Pakistan, the clock of its source put right; None without a clock."""
        if self.on_date is None or self.at_time is None:
            return None
        return datetime.combine(self.on_date, self.at_time) - timedelta(seconds=self.clock_offset)

    @property
    def ended(self) -> datetime | None:
        """The end of what took time, put right in the same way."""
        if self.on_date is None or self.until_time is None:
            return None
        day = self.until_date or self.on_date
        return datetime.combine(day, self.until_time) - timedelta(seconds=self.clock_offset)


class AccountQuerySet(models.QuerySet["Account"]):
    def of_review(self, review: Review) -> "AccountQuerySet":
        """Accounts of any entry of one review."""
        return self.filter(entry__review=review)


class Account(Row, Graded):
    """One agency's account of an entry on which accounts differ; all of them are printed."""

    entry = models.ForeignKey(TimelineEntry, models.CASCADE, related_name="accounts")
    by = models.CharField(_("account of"), max_length=120)
    said = models.TextField(_("what they say"))
    at_time = models.TimeField(_("time they give"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = AccountQuerySet.as_manager()

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(by="") & ~Q(said=""), name="account_says_who_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.by}"


class EntryEvidence(models.Model):
    """A piece of evidence that shows what an entry says; its own marking hides what it is."""

    entry = models.ForeignKey(TimelineEntry, models.CASCADE, related_name="shown_by")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("evidence of an entry")
        constraints = [
            models.UniqueConstraint(fields=["entry", "evidence"], name="entry_evidence_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="of_the_incident",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=OF_THE_INCIDENT,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} evidence {self.evidence_id} of entry {self.entry_id}"
