"""Codes of section D: what happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.choices.particulars import ResponseStep


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


class TimelineSource(models.TextChoices):
    """Where an entry is known from: the codes of the field's list of timeline sources."""

    CCTV = "cctv", _("CCTV or Safe City footage")
    WIRELESS = "wireless", _("Wireless or control-room log")
    ROZNAMCHA = "roznamcha", _("Daily diary (roznamcha)")
    FIR = "fir", _("FIR")
    CDR = "cdr", _("Call data or geo-fencing")
    WITNESS = "witness", _("Witness statement")
    MEDICAL = "medical", _("Hospital record, MLC or post-mortem")
    BDU = "bdu", _("Bomb disposal or post-blast report")
    FSL = "fsl", _("Forensic laboratory report")
    SOURCE = "source", _("Source report")
    MEDIA = "media", _("Media report")
    SOCIAL = "social", _("Social media")
    ORDER = "order", _("Order or plan")
    INTERVIEW = "interview", _("Interview for this review")
    INQUIRY = "inquiry", _("Published inquiry")


class Milestone(models.TextChoices):
    """Moments of the response between which time is measured, in the order hoped for.

    The steps that an incident's record holds keep the codes and the words they have there.
    """

    WARNING = "WARNING", _("Warning received")
    ATTACK = "ATTACK", _("Attack began")
    ALERT = ResponseStep.ALERT.value, ResponseStep.ALERT.label
    INFORMED = "INFORMED", _("First unit informed")
    FIRST_UNIT = ResponseStep.FIRST_UNIT.value, ResponseStep.FIRST_UNIT.label
    CORDON = "CORDON", _("Cordon closed")
    AMBULANCE = ResponseStep.AMBULANCE.value, ResponseStep.AMBULANCE.label
    HOSPITAL_TOLD = "HOSPITAL_TOLD", _("Hospital alerted")
    HOSPITAL = ResponseStep.HOSPITAL.value, ResponseStep.HOSPITAL.label
    BOMB_DISPOSAL = ResponseStep.BOMB_DISPOSAL.value, ResponseStep.BOMB_DISPOSAL.label
    DEVICE_SAFE = "DEVICE_SAFE", _("Devices cleared")
    HANDED_OVER = "HANDED_OVER", _("Scene handed to the investigators")
