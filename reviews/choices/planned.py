"""Codes of section B: what was supposed to happen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InPlace(models.TextChoices):
    """Whether a planned measure was there."""

    YES = "YES", _("In place")
    PARTLY = "PARTLY", _("Partly")
    NO = "NO", _("Not in place")
    UNKNOWN = "UNKNOWN", _("Not known")


class Rating(models.TextChoices):
    """HSEEP: how a measure or capability worked."""

    PERFORMED = "P", _("P: performed without challenges")
    SOME = "S", _("S: performed with some challenges")
    MAJOR = "M", _("M: performed with major challenges")
    UNABLE = "U", _("U: unable to be performed")


class AlertDone(models.TextChoices):
    """What the record says was done with a warning, step by step (doctrine §0, row 1)."""

    NOTHING = "NOTHING", _("Nothing recorded as done")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Acknowledged only")
    PASSED_ON = "PASSED_ON", _("Passed on")
    ORDERED = "ORDERED", _("Measures ordered")
    CARRIED_OUT = "CARRIED_OUT", _("Measures carried out")


# Somebody did something that has a day; receiving and acknowledging have days of their own.
ACTED = (AlertDone.PASSED_ON, AlertDone.ORDERED, AlertDone.CARRIED_OUT)


class KnownOnDuty(models.TextChoices):
    """Whether those who stood on duty knew of a plan or an order."""

    ALL = "ALL", _("To all on duty")
    SOME = "SOME", _("To some on duty")
    NOBODY = "NOBODY", _("To nobody on duty")
    UNKNOWN = "UNKNOWN", _("Not known")


class RiskRating(models.TextChoices):
    """How the risk of an occasion was rated beforehand. Nobody having rated it is an answer."""

    NOT_RATED = "NOT_RATED", _("Nobody rated it")
    LOW = "LOW", _("Low")
    MEDIUM = "MEDIUM", _("Medium")
    HIGH = "HIGH", _("High")
    VERY_HIGH = "VERY_HIGH", _("Very high")
    UNKNOWN = "UNKNOWN", _("Not known whether it was rated")


# Somebody rated it, and so a post and a day may be given.
RATED = (RiskRating.LOW, RiskRating.MEDIUM, RiskRating.HIGH, RiskRating.VERY_HIGH)


class DecisionOutcome(models.TextChoices):
    """What became of a decision that somebody had to take (doctrine §6.1, row 1)."""

    TAKEN = "TAKEN", _("Taken")
    DELEGATED = "DELEGATED", _("Delegated")
    NOT_TAKEN = "NOT_TAKEN", _("Not taken")
    NO_OWNER = "NO_OWNER", _("No owner: nobody knew who held it")
    UNKNOWN = "UNKNOWN", _("Not known")
