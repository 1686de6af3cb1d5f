"""To whom a bulletin was sent, what was asked of them, and what they did with it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Share, User
from bulletins.choices import Ask, Delivery
from bulletins.models.triggers import SentByAnother


class ReleaseQuerySet(models.QuerySet["Release"]):
    def live(self) -> "ReleaseQuerySet":
        """Releases that have not been recalled."""
        return self.filter(recalled_at=None)


class Release(Share):
    """A bulletin passed to an agency, group or person, with what is asked of them by when."""

    bulletin = models.ForeignKey("bulletins.Bulletin", models.PROTECT, related_name="releases")
    ask = models.CharField(_("what you ask of them"), max_length=11, choices=Ask, default=Ask.READ)
    acknowledge_by = models.DateTimeField(_("acknowledge by"), null=True, blank=True)
    act_by = models.DateField(_("act by"), null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recall_reason = models.TextField(_("reason, shown to them"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta(Share.Meta):
        abstract = False
        constraints = [
            *Share.Meta.constraints,
            models.UniqueConstraint(
                fields=["bulletin", "to_agency", "to_group", "to_person"],
                condition=Q(recalled_at=None),
                nulls_distinct=False,
                name="released_once_to_each",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recalled_by=None, recall_reason="")
                | (Q(recalled_at__isnull=False, recalled_by__isnull=False) & ~Q(recall_reason="")),
                name="recalled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ask=Ask.READ)
                | Q(ask=Ask.ACKNOWLEDGE, acknowledge_by__isnull=False)
                | Q(ask=Ask.ACT, acknowledge_by__isnull=False, act_by__isnull=False),
                name="what_is_asked_has_a_date",
            ),
        ]
        triggers = [SentByAnother()]

    def __str__(self) -> str:
        return f"#{self.pk} release of bulletin {self.bulletin_id}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def live(self) -> "ReceiptQuerySet":
        """Receipts whose release stands."""
        return self.filter(release__recalled_at=None)

    def owed_by(self, agency: Agency) -> "ReceiptQuerySet":
        """What this agency was asked to do and has not done."""
        unacknowledged = ~Q(release__ask=Ask.READ) & Q(acknowledged_at=None)
        unacted = Q(release__ask=Ask.ACT, acted_at=None, declined_at=None)
        return self.live().filter(Q(agency=agency) & (unacknowledged | unacted))


class Receipt(models.Model):
    """What one agency did with one release: opened, acknowledged, briefed, acted or not."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="receipts")
    bulletin = models.ForeignKey("bulletins.Bulletin", models.PROTECT, related_name="receipts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="receipts")
    # When it first was in the hands of somebody there, as far as this deployment can tell.
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivered_by = models.CharField(max_length=4, choices=Delivery, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    units_briefed = models.PositiveIntegerField(_("units briefed"), null=True, blank=True)
    units_total = models.PositiveIntegerField(_("units in all"), null=True, blank=True)
    # Which they were, one a line; fewer than were briefed where not all are named.
    units_named = models.TextField(_("which units"), blank=True)
    briefed_on_date = models.DateField(_("briefed on"), null=True, blank=True)
    briefed_at = models.DateTimeField(null=True, blank=True)
    briefed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acted_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acted_on_date = models.DateField(_("done on"), null=True, blank=True)
    acted_text = models.TextField(_("what was done"), blank=True)
    acted_evidence = models.TextField(_("what shows it"), blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    declined_reason = models.TextField(_("why nothing was done"), blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "agency"], name="receipt_once_an_agency"),
            models.CheckConstraint(
                condition=Q(delivered_at=None, delivered_by="")
                | Q(delivered_at__isnull=False, delivered_by__in=Delivery.values),
                name="delivered_in_some_way",
                violation_error_message=_("Say how it was delivered."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(acted_at=None, acted_by=None, acted_text="", acted_on_date=None)
                | (
                    Q(acted_at__isnull=False, acted_by__isnull=False, acted_on_date__isnull=False)
                    & ~Q(acted_text="")
                ),
                name="acted_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None, declined_reason="")
                | (
                    Q(declined_at__isnull=False, declined_by__isnull=False) & ~Q(declined_reason="")
                ),
                name="declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(acted_at=None) | Q(declined_at=None), name="acted_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(briefed_at=None, units_briefed=None, units_total=None)
                | Q(briefed_at__isnull=False, units_briefed__lte=F("units_total")),
                name="briefed_at_most_all_units",
                violation_error_message=_("More units briefed than there are."),
            ),
            # Briefings recorded before these were kept have none of them.
            models.CheckConstraint(
                condition=Q(briefed_at__isnull=False)
                | Q(units_named="", briefed_on_date=None, briefed_by=None),
                name="briefed_before_units_are_named",
                violation_error_message=_("Say how many units were briefed."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} receipt of agency {self.agency_id}"

    @property
    def is_answered(self) -> bool:
        """Whether the agency has said what it did, or why nothing."""
        return self.acted_at is not None or self.declined_at is not None
