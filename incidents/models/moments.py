"""A moment with the precision at which it is known."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import TIMED, Precision


class Moment(models.Model):
    """Date and clock time in Pakistan, each blank where nobody recorded it.

    `on_date` is the (first) day, `until_date` the last one of a range; `at_time` stands only where
    the precision states a clock time, so an unknown time can never read as midnight. What lasts
    over midnight has the clock time of its end on its last day.
    """

    on_date = models.DateField(_("date"), null=True, blank=True)
    until_date = models.DateField(_("until"), null=True, blank=True)
    at_time = models.TimeField(_("time"), null=True, blank=True)
    until_time = models.TimeField(_("until"), null=True, blank=True)
    precision = models.CharField(
        _("precise to"), max_length=8, choices=Precision, default=Precision.DAY
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(precision__in=TIMED, on_date__isnull=False, at_time__isnull=False)
                | (~Q(precision__in=TIMED) & Q(at_time=None, until_time=None)),
                name="%(class)s_time_only_where_known",
                violation_error_message=_("Give a time only where it is known."),
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.UNKNOWN) | Q(on_date__isnull=False),
                name="%(class)s_day_unless_unknown",
                violation_error_message=_("Give the day, or say that it is not known."),
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.RANGE, until_date__gte=F("on_date"))
                | Q(precision__in=TIMED, until_time__isnull=False, until_date__gt=F("on_date"))
                | (~Q(precision=Precision.RANGE) & Q(until_date=None)),
                name="%(class)s_range_runs_forward",
                violation_error_message=_("The last day is before the first."),
            ),
        ]
