"""Sections B, C and D: what was planned, who was behind it, what happened."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models import Graded
from incidents.models.moments import Moment
from reviews.choices import (
    EntryKind,
    InPlace,
    NetworkRoleKind,
    NetworkRoleStatus,
    Phase,
    Rating,
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


class NetworkRole(Row):
    """A part somebody must have played, and how far it is resolved. Never a name."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="network_roles")
    kind = models.CharField(_("role"), max_length=12, choices=NetworkRoleKind)
    status = models.CharField(
        _("status"),
        max_length=14,
        choices=NetworkRoleStatus,
        default=NetworkRoleStatus.UNIDENTIFIED,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["review", "kind"], name="network_role_once_a_review"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.status}"


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
