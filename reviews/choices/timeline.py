"""Codes of section D: what happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """When, in relation to the attack."""

    BEFORE = "BEFORE", _("Before")
    DURING = "DURING", _("During")
    AFTER = "AFTER", _("After")


class EntryKind(models.TextChoices):
    """What kind of thing happened at that moment."""

    SIGNAL = "SIGNAL", _("Signal")
    WARNING = "WARNING", _("Warning")
    DECISION = "DECISION", _("Decision")
    ACTION = "ACTION", _("Action")
    COMMUNICATION = "COMMUNICATION", _("Communication")
    EFFECT = "EFFECT", _("Effect")
