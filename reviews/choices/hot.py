"""Codes of the light and the heavy form: the chapters that a major review is told in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChapterCode(models.TextChoices):
    """The order in which the Quetta Inquiry Commission of 2016 told its report."""

    SCOPE = "SCOPE", _("How the review was set up, and what it covers")
    OBJECTIONS = "OBJECTIONS", _("Objections raised, and how they were met")
    WORKINGS = "WORKINGS", _("How the review worked: who was heard, what was asked for")
    BEFORE = "BEFORE", _("The event before: scene, first report, what was left unattended")
    TARGET = "TARGET", _("Why this target, and why then")
    CROWD = "CROWD", _("How people came together, and the attack itself")
    ATTACKER = "ATTACKER", _("How the attacker was identified")
    NETWORK = "NETWORK", _("Those behind it: reconnaissance, lure, knowledge of the place, support")
    PREMISES = "PREMISES", _("Where the device was made, and what the forensics say")
    CONNECTIONS = "CONNECTIONS", _("Connections with other attacks")
    POLICE = "POLICE", _("The response of the police and the forces")
    HOSPITAL = "HOSPITAL", _("The response of the hospitals")
    MINISTRIES = "MINISTRIES", _("What ministries and departments did")
    COUNTER_TERRORISM = (
        "COUNTER",
        _("The counter-terrorism authority, and the National Action Plan"),
    )
    PROSCRIPTION = "PROSCRIBE", _("Proscription of organisations, and how it was enforced")
    FINDINGS = "FINDINGS", _("What follows from all this")
    NEXT = "NEXT", _("What is recommended, and why")
    # What inquiries elsewhere give a chapter of its own.
    SECURITY = "SECURITY", _("The security of the place")
    RADICALISED = "RADICAL", _("How the attacker came to it")
    PREVENTED = "PREVENTED", _("Whether it could have been prevented")
    RESCUE = "RESCUE", _("The response of ambulance, fire and rescue services")
    FAMILIES = "FAMILIES", _("What families and survivors went through")
    SURVIVAL = "SURVIVAL", _("How people died, and whether they could have been saved")


# The section that each chapter stands in; within a section they keep their order.
CHAPTERS: dict[str, tuple[ChapterCode, ...]] = {
    "A": (ChapterCode.SCOPE, ChapterCode.OBJECTIONS, ChapterCode.WORKINGS),
    "B": (ChapterCode.SECURITY,),
    "C": (
        ChapterCode.TARGET,
        ChapterCode.ATTACKER,
        ChapterCode.RADICALISED,
        ChapterCode.NETWORK,
        ChapterCode.PREMISES,
        ChapterCode.CONNECTIONS,
    ),
    "D": (
        ChapterCode.BEFORE,
        ChapterCode.CROWD,
        ChapterCode.POLICE,
        ChapterCode.RESCUE,
        ChapterCode.HOSPITAL,
        ChapterCode.MINISTRIES,
    ),
    "E": (
        ChapterCode.COUNTER_TERRORISM,
        ChapterCode.PROSCRIPTION,
        ChapterCode.PREVENTED,
        ChapterCode.FINDINGS,
    ),
    "F": (ChapterCode.NEXT,),
    "G": (ChapterCode.FAMILIES, ChapterCode.SURVIVAL),
}
SECTION_OF = {code: letter for letter, codes in CHAPTERS.items() for code in codes}
