"""What the clock has told whom."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies.choices import Role
from agencies.models import Agency, User
from incidents.models import Incident
from reviews.choices import OPEN_STATES, Addressee, ReminderKind
from reviews.models.people import Member
from reviews.models.review import Review


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: User) -> Self:
        """Those to the lead: the team of the review. Those to the commanders: they themselves,
        without the review, which may be a draft that they do not read yet."""
        on_team = Exists(Member.objects.filter(review=OuterRef("review"), user=user))
        seen = Q(on_team, addressed_to=Addressee.LEAD)
        if user.role == Role.COMMANDER:
            seen |= Q(
                addressed_to=Addressee.COMMANDERS,
                agency_id=user.agency_id,
                incident__in=Incident.objects.visible_to(user),
            )
        return self.filter(seen)

    def standing(self) -> Self:
        """The newest to each addressee while its clock runs."""
        return self.filter(over_at=None)

    def to_commander(self, user: User) -> Self:
        """What the clock says to this commander, but of what they can see to be answered."""
        answered = Review.objects.visible_to(user).exclude(state__in=OPEN_STATES)
        return (
            self.visible_to(user)
            .standing()
            .filter(addressed_to=Addressee.COMMANDERS, incident__in=Incident.objects.standing())
            .exclude(review__in=answered)
            .exclude(review=None, incident__in=Review.incidents_begun())
        )


class Reminder(models.Model):
    """The clock of a review, or of an incident that its agency has not begun to review, has come
    so far. Written by the machine; over when another one follows or the clock stops."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="reminders")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # Empty while the agency has not begun a review.
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    kind = models.CharField(max_length=11, choices=ReminderKind)
    # Whole weeks since it was due; 0 before the first.
    week = models.PositiveSmallIntegerField(default=0)
    addressed_to = models.CharField(max_length=10, choices=Addressee)
    # What the clock ran to. Another tier or a deferral gives another, and the count begins anew.
    due_at = models.DateTimeField(_("due"))
    at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "agency", "addressed_to", "due_at", "kind", "week"],
                name="reminder_once",
            ),
            models.UniqueConstraint(
                fields=["incident", "agency", "addressed_to"],
                condition=Q(over_at=None),
                name="reminder_newest_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReminderKind.values, addressed_to__in=Addressee.values),
                name="reminder_codes_are_known",
                violation_error_message=_("This is no reminder."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["WEEKLY", "ESCALATED"], week__gte=1)
                | Q(kind__in=["HALF", "FOUR_FIFTHS", "DUE"], week=0),
                name="reminder_weeks_after_it_was_due",
                violation_error_message=_("Weeks are counted from the day it was due."),
            ),
            models.CheckConstraint(
                condition=Q(review__isnull=False) | Q(addressed_to=Addressee.COMMANDERS),
                name="reminder_to_a_lead_has_its_review",
                violation_error_message=_("Only a review has a lead."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "addressed_to"],
                condition=Q(over_at=None),
                name="reminder_standing",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.week or ''} of incident {self.incident_id}"

    @property
    def is_late(self) -> bool:
        """Whether the time is over."""
        return self.kind not in {ReminderKind.HALF, ReminderKind.FOUR_FIFTHS}

    @property
    def days_to_review(self) -> int:
        """Days since the incident, which is fetched with it: so many so far."""
        first = self.incident.until_date or self.incident.sort_date
        return max((timezone.localdate() - first).days, 0)

    @property
    def sentence(self) -> str:
        """What it says."""
        if self.week:
            words = ngettext(
                "The review is overdue by a week.",
                "The review is overdue by %(n)d weeks.",
                self.week,
            )
            return words % {"n": self.week}
        return {
            ReminderKind.HALF: _now("Half of the time for the review is over."),
            ReminderKind.FOUR_FIFTHS: _now("Four fifths of the time for the review are over."),
        }.get(ReminderKind(self.kind), _now("The review is due."))
