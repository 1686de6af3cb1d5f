"""Section B: a warning on its way, from being sent to being acted on."""

from datetime import date, time
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import TIMED, Precision, YesNoUnknown
from incidents.models import Graded
from reviews.choices import ACTED, AlertDone
from reviews.models.review import Review
from reviews.models.rows import Row

# The days that a warning leaves on the record, in their order.
STEPS = ("issued", "received", "acknowledged", "acted")
# The box of the form that a broken rule of a step is said beside.
BOXES = dict(zip(STEPS, ("issued", "got", "acknowledged", "acted"), strict=True))
# Precisions of one day or month; a step has no range.
KNOWN = [each for each in Precision.choices if each[0] != Precision.RANGE]


def _day(label: Any) -> "models.DateField[Any, Any]":
    return models.DateField(label, null=True, blank=True)


def _time() -> "models.TimeField[Any, Any]":
    return models.TimeField(null=True, blank=True)


def _precision() -> "models.CharField[Any, Any]":
    return models.CharField(max_length=8, choices=KNOWN, default=Precision.UNKNOWN)


def _as_far_as_known(step: str) -> list[models.CheckConstraint]:
    """As of a `Moment`: a time only where it is known, a day unless it is not."""
    day, at, exact = f"{step}_date", f"{step}_time", f"{step}_precision"
    timed = Q(**{f"{exact}__in": TIMED})
    return [
        models.CheckConstraint(
            condition=Q(timed, **{f"{at}__isnull": False}) | (~timed & Q(**{at: None})),
            name=f"warning_{step}_time_where_known",
            violation_error_code=BOXES[step],
            violation_error_message=_("Give a time only where it is known."),
        ),
        models.CheckConstraint(
            condition=Q(**{exact: Precision.UNKNOWN, day: None})
            | ~Q(**{exact: Precision.UNKNOWN}) & Q(**{f"{day}__isnull": False}),
            name=f"warning_{step}_day_unless_unknown",
            violation_error_code=BOXES[step],
            violation_error_message=_("Give the day, or say that it is not known."),
        ),
    ]


def _in_order(earlier: str, later: str) -> models.CheckConstraint:
    """Days are held to their order; a month is not a day."""
    vague = Q(**{f"{earlier}_precision": Precision.MONTH})
    vague |= Q(**{f"{later}_precision": Precision.MONTH})
    unknown = Q(**{f"{earlier}_date": None}) | Q(**{f"{later}_date": None})
    return models.CheckConstraint(
        condition=vague | unknown | Q(**{f"{later}_date__gte": F(f"{earlier}_date")}),
        name=f"warning_{earlier}_before_{later}",
        violation_error_code=BOXES[later],
        violation_error_message=_("An earlier step of the alert has a later day."),
    )


class AlertReceived(Row, Graded):
    """A warning given before the incident: sent, received, acknowledged, acted on; each when."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="alerts")
    number = models.CharField(_("Number or reference"), max_length=80, blank=True)
    text = models.CharField(_("What it warned of"), max_length=300, blank=True)
    issued_by = models.CharField(_("From"), max_length=200, blank=True)
    addressed_to = models.CharField(_("Addressed to"), max_length=300, blank=True)
    issued_date = _day(_("Sent on"))
    issued_time = _time()
    issued_precision = _precision()
    received = models.CharField(
        _("Was it received?"), max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    received_date = _day(_("Received on"))
    received_time = _time()
    received_precision = _precision()
    acknowledged_by = models.CharField(_("Acknowledged by"), max_length=200, blank=True)
    acknowledged_date = _day(_("Acknowledged on"))
    acknowledged_time = _time()
    acknowledged_precision = _precision()
    # Blank until somebody said so in a code: taken over from a record that tells it in words only.
    done = models.CharField(
        _("What was done with it"), max_length=12, choices=AlertDone, blank=True, default=""
    )
    done_words = models.TextField(_("What was done, in words"), blank=True)
    acted_date = _day(_("Done on"))
    acted_time = _time()
    acted_precision = _precision()
    source = models.CharField(_("Source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(number="", issued_by="", text=""),
                name="warning_received_is_told_apart",
                violation_error_code="number",
                violation_error_message=_("Give its number, who sent it, or what it warned of."),
            ),
            *(rule for step in STEPS for rule in _as_far_as_known(step)),
            _in_order("issued", "received"),
            _in_order("received", "acknowledged"),
            _in_order("issued", "acknowledged"),
            _in_order("issued", "acted"),
            models.CheckConstraint(
                condition=Q(received=YesNoUnknown.YES)
                | Q(received_date=None, acknowledged_date=None, acknowledged_by=""),
                name="warning_received_before_all_else",
                violation_error_code="received",
                violation_error_message=_(
                    "A day of receipt or an acknowledgement says that it was received: say so."
                ),
            ),
            models.CheckConstraint(
                condition=Q(acted_date=None) | Q(done__in=ACTED),
                name="warning_day_only_if_acted_on",
                violation_error_code="acted",
                violation_error_message=_("Give this day only where something was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"

    @property
    def title(self) -> str:
        """How it is told apart: its number and who sent it, else what it warned of."""
        return ", ".join(filter(None, (self.number, self.issued_by))) or self.text

    def moment(self, step: str) -> tuple[date | None, time | None, str]:
        """Day, clock time and precision of one of `STEPS`."""
        return (
            getattr(self, f"{step}_date"),
            getattr(self, f"{step}_time"),
            getattr(self, f"{step}_precision"),
        )
