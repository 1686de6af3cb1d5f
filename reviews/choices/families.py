"""Codes of section G: victims and families."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareKind(models.TextChoices):
    """What is owed to the dead, the injured and their families."""

    IDENTIFICATION = "identification", _("Identification")
    HANDING_OVER = "handing_over", _("Handing over")
    MEDICAL = "medical", _("Medical care")
    COMPENSATION = "compensation", _("Compensation")
    LIAISON = "liaison", _("Liaison with families")
    CONDOLENCE = "condolence", _("Condolence")
    COMMEMORATION = "commemoration", _("Commemoration")
    HEARD = "heard", _("Families heard by the review")
    SUPPORT = "support", _("Support for mind and livelihood")
    OTHER = "other", _("Something else")


class CareState(models.TextChoices):
    """How far it went."""

    DONE = "DONE", _("Done")
    PARTLY = "PARTLY", _("Partly")
    NOT = "NOT", _("Not done")
    UNKNOWN = "UNKNOWN", _("Not known")


class AmountFor(models.TextChoices):
    """What an amount of compensation is for."""

    EACH_DEAD = "EACH_DEAD", _("For each person killed")
    EACH_INJURED = "EACH_INJURED", _("For each person injured")
    TOTAL = "TOTAL", _("In all")


class Survivable(models.TextChoices):
    """Whether people who died could have been saved, as an inquest or an expert found it."""

    NOT = "NOT", _("Could not have been saved")
    REMOTE = "REMOTE", _("A remote chance of being saved")
    POSSIBLE = "POSSIBLE", _("Might have been saved")
    PROBABLE = "PROBABLE", _("Would probably have been saved")
    YES = "YES", _("Would have been saved")
    OPEN = "OPEN", _("Could not be determined")
    NOT_ASKED = "NOT_ASKED", _("Nobody looked into it")
