"""What the clock of a review says, and to whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """How far the clock has gone; the limit is that of the tier, or the day it was put off to."""

    HALF = "HALF", _("Half of the time is over")
    FOUR_FIFTHS = "FOUR_FIFTHS", _("Four fifths of the time are over")
    DUE = "DUE", _("The time is over")
    WEEKLY = "WEEKLY", _("Overdue, said again each week")
    ESCALATED = "ESCALATED", _("Overdue for a week, passed to the commanders")


class Addressee(models.TextChoices):
    """The post that is reminded."""

    LEAD = "LEAD", _("The lead of the review")
    COMMANDERS = "COMMANDERS", _("The commanders of the agency")
