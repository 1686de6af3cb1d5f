"""Codes of section H: justice. No word of guilt before a court has spoken."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JusticeKind(models.TextChoices):
    """A step on the way of a case, in the order in which they come."""

    FIR = "fir", _("FIR")
    JIT = "jit", _("Joint investigation team")
    FORENSIC = "forensic", _("Forensic or DNA examination")
    ARREST = "arrest", _("Arrests")
    CHALLAN = "challan", _("Challan")
    COURT = "court", _("Court stage")
    VERDICT = "verdict", _("Verdict")
    APPEAL = "appeal", _("Appeal")
    SENTENCE = "sentence", _("Sentence")
    INQUEST = "inquest", _("Inquest")
    TRANSFER = "transfer", _("Extradition or transfer")
    CONDUCT = "conduct", _("Disciplinary proceedings")
    CIVIL = "civil", _("Civil claim")
    REGULATOR = "licence", _("Proceedings of a regulator")


class JusticeState(models.TextChoices):
    """How far the step is."""

    DONE = "DONE", _("Done")
    AWAITED = "AWAITED", _("Under way or awaited")
    NOT = "NOT", _("Not done")
    UNKNOWN = "UNKNOWN", _("Not known")


class Outcome(models.TextChoices):
    """What a court decided, in its own words and never before them."""

    CONVICTED = "CONVICTED", _("Convicted")
    ACQUITTED = "ACQUITTED", _("Acquitted")
    MIXED = "MIXED", _("Some convicted, some acquitted")
    UPHELD = "UPHELD", _("Upheld")
    SET_ASIDE = "SET_ASIDE", _("Set aside")
