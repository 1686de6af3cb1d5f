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
