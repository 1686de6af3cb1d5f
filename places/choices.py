from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Steps of the administrative ladder of Pakistan."""

    PROVINCE = "PROVINCE", _("Province")
    DIVISION = "DIVISION", _("Division")
    DISTRICT = "DISTRICT", _("District")
    TEHSIL = "TEHSIL", _("Tehsil")
