from django.db import models
from django.utils.translation import gettext_lazy as _


class BulletinState(models.TextChoices):
    """A draft is its agency's; an issued bulletin is read by its marking."""

    DRAFT = "DRAFT", _("Draft")
    ISSUED = "ISSUED", _("Issued")


class BriefKind(models.TextChoices):
    """What a brief is about."""

    INCIDENT = "INCIDENT", _("Incident brief")
    REVIEW = "REVIEW", _("Review brief")


class RenderingState(models.TextChoices):
    """Where a rendering is. The row says what is to be done; the broker only rings."""

    WAITING = "WAITING", _("Waiting for the worker")
    RENDERING = "RENDERING", _("Being rendered")
    DONE = "DONE", _("Ready")
    FAILED = "FAILED", _("Failed")


class Ask(models.TextChoices):
    """What the recipient is asked to do."""

    READ = "READ", _("Read")
    ACKNOWLEDGE = "ACKNOWLEDGE", _("Acknowledge")
    ACT = "ACT", _("Acknowledge, brief units and report action")


class Language(models.TextChoices):
    """The language a document is set in."""

    ENGLISH = "en", _("English")
    URDU = "ur", _("Urdu")


MAX_ATTEMPTS = 3
