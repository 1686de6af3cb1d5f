"""Codes of sections I and J: dissent and signatures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DissentKind(models.TextChoices):
    """What a comment or dissent disputes."""

    FACT = "fact", _("Disputes a fact")
    CAUSE = "cause", _("Disputes a cause")
    ATTRIBUTION = "attribution", _("Disputes an attribution")
    RECOMMENDATION = "recommendation", _("Disputes a recommendation")
    MARKING = "classification", _("Disputes the marking")
    COMMENT = "concur_comment", _("Agrees, with comment")


class SignOffDeed(models.TextChoices):
    """What was signed."""

    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("Returned with comments")
    APPROVED = "APPROVED", _("Approved")
    PUBLISHED = "PUBLISHED", _("Published")
