"""Codes of section F: what next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecommendationStatus(models.TextChoices):
    """Set by the issuer, never by the owner (after the NTSB's classes)."""

    OPEN_AWAIT_RESPONSE = "OAR", _("Open: await response")
    OPEN_RESPONSE_RECEIVED = "ORR", _("Open: response received")
    OPEN_ACCEPTABLE = "OAA", _("Open: acceptable response")
    OPEN_ACCEPTABLE_ALTERNATE = "OAAR", _("Open: acceptable alternate response")
    OPEN_UNACCEPTABLE = "OUA", _("Open: unacceptable response")
    CLOSED_EXCEEDS = "CEX", _("Closed: exceeds recommended action")
    CLOSED_ACCEPTABLE = "CAA", _("Closed: acceptable action")
    CLOSED_ALTERNATE = "CAAA", _("Closed: acceptable alternate action")
    CLOSED_UNACCEPTABLE = "CUA", _("Closed: unacceptable action")
    CLOSED_NO_RESPONSE = "CUAN", _("Closed: unacceptable, no response")
    CLOSED_RECONSIDERED = "CR", _("Closed: reconsidered")
    CLOSED_NOT_APPLICABLE = "CNLA", _("Closed: no longer applicable")
    CLOSED_SUPERSEDED = "CS", _("Closed: superseded")
