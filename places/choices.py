from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Steps of the administrative ladder of Pakistan."""

    PROVINCE = "PROVINCE", _("Province")
    DIVISION = "DIVISION", _("Division")
    DISTRICT = "DISTRICT", _("District")
    TEHSIL = "TEHSIL", _("Tehsil")


class Edition(models.TextChoices):
    """Years in which OCHA gave out P-codes: the same code named another area in each."""

    OF_2018 = "2018", _("of 2018")
    OF_2022 = "2022", _("of 2022")


# Several of a level, as the heading of a list.
SEVERAL = {
    Level.PROVINCE: _("Provinces"),
    Level.DIVISION: _("Divisions"),
    Level.DISTRICT: _("Districts"),
    Level.TEHSIL: _("Tehsils"),
}
