"""Section D: what happened."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models import Graded
from incidents.models.moments import Moment
from reviews.choices import (
    EntryKind,
    Phase,
)
from reviews.models.review import Review
from reviews.models.rows import Row


class TimelineEntry(Row, Moment, Graded):
    """One deed on the timeline: when, who acted, whom they told, who says so."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="timeline")
    phase = models.CharField(_("phase"), max_length=6, choices=Phase, default=Phase.DURING)
    kind = models.CharField(_("kind"), max_length=13, choices=EntryKind, default=EntryKind.ACTION)
    acting = models.CharField(_("agency that acted"), max_length=120, blank=True)
    told = models.CharField(_("agency that was told"), max_length=120, blank=True)
    text = models.TextField(_("what happened, one deed"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta, Moment.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            *Moment.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="entry_says_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:40]}"


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
