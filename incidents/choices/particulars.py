"""Codes of what is added to an incident section by section."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DetailSection(models.TextChoices):
    """What a detail of an incident is about, in the order in which the page shows them."""

    ALERT = "ALERT", _("Prior alerts")
    PLAN = "PLAN", _("Security plan")
    WEAPON = "WEAPON", _("Weapons")
    ATTACKERS = "ATTACKERS", _("Attackers and their fate")
    RESPONSE = "RESPONSE", _("Response times")
    FIR = "FIR", _("FIR")
    ARREST = "ARREST", _("Arrests")
    FORENSIC = "FORENSIC", _("Forensic examination")


class WeaponType(models.TextChoices):
    """Kinds of weapon, numbered as in the GTD codebook (START, 2021)."""

    BIOLOGICAL = "1", _("Biological")
    CHEMICAL = "2", _("Chemical")
    RADIOLOGICAL = "3", _("Radiological")
    NUCLEAR = "4", _("Nuclear")
    FIREARM = "5", _("Firearm")
    EXPLOSIVES = "6", _("Explosives")
    FAKE = "7", _("Fake weapon")
    INCENDIARY = "8", _("Incendiary")
    MELEE = "9", _("Knife, rope or blunt object")
    VEHICLE = "10", _("Vehicle, to ram")
    SABOTAGE = "11", _("Sabotage equipment")
    OTHER = "12", _("Other")
    UNKNOWN = "13", _("Not known")


class ExplosiveType(models.TextChoices):
    """Kinds of explosive, numbered as in the GTD codebook (START, 2021)."""

    GRENADE = "7", _("Grenade")
    MINE = "8", _("Land mine")
    LETTER = "9", _("Letter bomb")
    PRESSURE = "10", _("Set off by pressure")
    PROJECTILE = "11", _("Rocket, mortar or other projectile")
    REMOTE = "12", _("Set off from a distance")
    SUICIDE = "13", _("Carried on the attacker’s body")
    TIMED = "14", _("Set off by a timer")
    VEHICLE = "15", _("In a vehicle")
    UNKNOWN = "16", _("Not known")
    OTHER = "17", _("Other")
    DYNAMITE = "28", _("Dynamite or TNT")
    STICKY = "29", _("Sticky bomb")
    PIPE = "31", _("Pipe bomb")


class Switch(models.TextChoices):
    """How a device is set off (UNMAS IED lexicon)."""

    RADIO = "CMD-RF", _("By radio or mobile phone")
    WIRE = "CMD-WIRE", _("By command wire")
    BEARER = "CMD-MANUAL", _("By its bearer")
    PRESSURE = "VO-PRESSURE", _("By the victim’s weight")
    PULL = "VO-PULL", _("By a tripwire or a pull")
    INFRARED = "VO-PIR", _("By infrared")
    TIME = "TIME", _("By a timer")
    DEADMAN = "DEADMAN", _("By a dead-man or backup switch")
    UNKNOWN = "UNK", _("Not known")


class Fate(models.TextChoices):
    """What became of attackers. Numbers only: nobody is named."""

    DIED_ATTACK = "died_attack", _("Died in the attack")
    KILLED_SCENE = "killed_scene", _("Killed by police or forces at the scene")
    KILLED_OP = "killed_op", _("Killed later, in an operation")
    ARRESTED = "arrested", _("Arrested")
    AT_LARGE = "at_large", _("Fled, at large")
    UNKNOWN = "UNK", _("Not known")


class ResponseStep(models.TextChoices):
    """What is timed of the response, in the order in which it is hoped to come."""

    ALERT = "ALERT", _("Alert")
    FIRST_UNIT = "FIRST_UNIT", _("First unit at the scene")
    AMBULANCE = "AMBULANCE", _("First ambulance at the scene")
    BOMB_DISPOSAL = "BOMB_DISPOSAL", _("Bomb disposal at the scene")
    HOSPITAL = "HOSPITAL", _("First casualty at a hospital")
