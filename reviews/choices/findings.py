"""Codes of section E: why."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    """What a finding says about how things worked."""

    STRENGTH = "strength", _("Strength")
    FAILURE = "failure", _("Failure")
    IMPROVEMENT = "afi", _("Area for improvement")
    NOTABLE = "notable", _("Notable practice")
    GAP = "gap", _("Information gap")
    NEAR_MISS = "near_miss", _("Near miss or foiled")


class Counterfactual(models.TextChoices):
    """Had this held, would harm have been less?"""

    YES = "YES", _("Yes")
    PROBABLY = "PROBABLY", _("Probably")
    NO = "NO", _("No")
    UNKNOWN = "UNKNOWN", _("Not known")
