"""Section A: the report of an inquiry that a review rests on or records, and how it sat."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.choices import NOT_PUBLIC, SittingKind
from reviews.models.review import Review
from reviews.models.rows import Row


class PublishedReport(Row):
    """One report, or one volume of it, that an inquiry, coroner or commission published."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="reports")
    title = models.CharField(_("report"), max_length=300)
    volume = models.CharField(_("volume or part"), max_length=120, blank=True)
    issued_by = models.CharField(_("inquiry, commission or office"), max_length=200, blank=True)
    # A public office, such as a retired judge of a court; no name is needed.
    chair = models.CharField(_("who led it"), max_length=200, blank=True)
    authority = models.CharField(_("set up by, under which law"), max_length=300, blank=True)
    set_up_date = models.DateField(_("set up on"), null=True, blank=True)
    handed_in_date = models.DateField(_("handed in on"), null=True, blank=True)
    published_date = models.DateField(_("published on"), null=True, blank=True)
    reference = models.CharField(_("number or reference"), max_length=120, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    cost = models.CharField(_("cost, in the words of the source"), max_length=300, blank=True)
    terms = models.TextField(_("terms of reference"), blank=True)
    found_at = models.CharField(_("where it can be read"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="report_is_named"),
            models.CheckConstraint(
                condition=Q(set_up_date=None)
                | Q(published_date=None)
                | Q(published_date__gte=F("set_up_date")),
                name="report_set_up_before_published",
                violation_error_code="published_date",
                violation_error_message=_("It was published before it was set up."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title[:40]}"

    @property
    def days(self) -> int | None:
        """Days from setting up to publishing; None where one of the two is not known."""
        if self.set_up_date is None or self.published_date is None:
            return None
        return (self.published_date - self.set_up_date).days


class Sitting(Row):
    """When and how the review sat: one hearing, or a run of them."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="sittings")
    kind = models.CharField(
        _("kind of sitting"), max_length=11, choices=SittingKind, default=SittingKind.OPEN
    )
    on_date = models.DateField(_("first day"), null=True, blank=True)
    until_date = models.DateField(_("last day"), null=True, blank=True)
    days = models.PositiveIntegerField(_("days on which it sat"), null=True, blank=True)
    witnesses = models.PositiveIntegerField(_("witnesses heard"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    about = models.CharField(_("about what"), max_length=300, blank=True)
    why_closed = models.CharField(
        _("why without the public, on whose order"), max_length=300, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=SittingKind.values), name="sitting_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("on_date")),
                name="sitting_ends_after_it_began",
                violation_error_code="until_date",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(why_closed="") | Q(kind__in=NOT_PUBLIC),
                name="sitting_closed_for_a_reason",
                violation_error_code="why_closed",
                violation_error_message=_("Only what sat without the public was closed."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} of review {self.review_id}"

    @property
    def label(self) -> str:
        """How it is told apart."""
        return self.about or str(self.get_kind_display())
