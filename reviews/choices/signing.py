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
    AMENDING = "AMENDING", _("Opened an amendment")


class PassageKind(models.TextChoices):
    """What part of a review a comment, a dissent or a notice is about."""

    SECTION = "section", _("Section")
    FINDING = "finding", _("Finding")
    RECOMMENDATION = "recommendation", _("Recommendation")
    ENTRY = "entry", _("Entry of the timeline")


class Concur(models.TextChoices):
    """An agency's word on a review."""

    CONCUR = "CONCUR", _("Concurs")
    COMMENT = "COMMENT", _("Concurs with comment")
    DISSENT = "DISSENT", _("Dissents")
