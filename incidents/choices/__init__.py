"""Codes that the rules of the register depend on. Sources: see docs/data-credits.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a moment is known. A clock time that nobody recorded is never midnight."""

    SECOND = "SECOND", _("to the second")
    MINUTE = "MINUTE", _("to the minute")
    ABOUT = "ABOUT", _("about that time")
    HOUR = "HOUR", _("to the hour")
    DAY = "DAY", _("the day, time not known")
    MONTH = "MONTH", _("the month, day not known")
    YEAR = "YEAR", _("the year, day not known")
    RANGE = "RANGE", _("between two days")
    UNKNOWN = "UNKNOWN", _("not known")


# Precisions at which a clock time is stated.
TIMED = (Precision.SECOND, Precision.MINUTE, Precision.ABOUT, Precision.HOUR)
# Precisions at which the day is known.
ON_A_DAY = (Precision.DAY, *TIMED)
# What the register asks of an incident; a timeline may know a moment more or less exactly.
OF_INCIDENTS = (
    *(Precision.MINUTE, Precision.ABOUT, Precision.DAY),
    *(Precision.MONTH, Precision.RANGE, Precision.UNKNOWN),
)
OF_INCIDENTS_CHOICES = [(each.value, each.label) for each in OF_INCIDENTS]


class PlacePrecision(models.TextChoices):
    """How exactly a place is known: the steps of the UCDP GED codebook (`where_prec`), in words."""

    EXACT = "EXACT", _("the place itself")
    NEAR = "NEAR", _("within about 25 km")
    DISTRICT = "DISTRICT", _("the district")
    LINE = "LINE", _("along a road, a river or a border")
    DIVISION = "DIVISION", _("the division")
    PROVINCE = "PROVINCE", _("the province")
    COUNTRY = "COUNTRY", _("no more than the country")


# Precisions at which a point may be drawn as one.
POINTED = (PlacePrecision.EXACT, PlacePrecision.NEAR)


class Chart(models.TextChoices):
    """What "where and when" counts incidents by."""

    DISTRICT = "district", _("District")
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    HIJRI = "hijri", _("Hijri month")
    WEEKDAY = "weekday", _("Weekday")
    HOUR = "hour", _("Hour")
    OCCASION = "occasion", _("Occasion")
    # Known to a point, one bar.
    POINT = "point", _("Point")


class AttackType(models.TextChoices):
    """Kinds of attack, numbered as in the GTD codebook (START, 2021)."""

    ASSASSINATION = "1", _("Assassination")
    ARMED_ASSAULT = "2", _("Armed assault")
    BOMBING = "3", _("Bombing or explosion")
    HIJACKING = "4", _("Hijacking")
    BARRICADE = "5", _("Hostage taking, barricade")
    KIDNAPPING = "6", _("Kidnapping")
    FACILITY = "7", _("Attack on a facility")
    UNARMED = "8", _("Unarmed assault")
    UNKNOWN = "9", _("Not known")


class TargetType(models.TextChoices):
    """Whom or what it was aimed at, numbered as in the GTD codebook (START, 2021)."""

    BUSINESS = "1", _("Business")
    GOVERNMENT = "2", _("Government")
    POLICE = "3", _("Police")
    MILITARY = "4", _("Military and civil armed forces")
    AVIATION = "6", _("Airport or aircraft")
    DIPLOMATIC = "7", _("Diplomatic mission")
    EDUCATION = "8", _("School, college or university")
    FOOD_WATER = "9", _("Food or water supply")
    MEDIA = "10", _("Journalists and media")
    MARITIME = "11", _("Port or ship")
    NGO = "12", _("Aid organisation")
    OTHER = "13", _("Other")
    CITIZENS = "14", _("Citizens and their property")
    RELIGIOUS = "15", _("Worshippers, religious site or procession")
    TELECOM = "16", _("Telecommunication")
    MILITIA = "17", _("Militia")
    TOURISTS = "18", _("Tourists")
    TRANSPORT = "19", _("Transport other than aviation")
    UNKNOWN = "20", _("Not known")
    UTILITIES = "21", _("Electricity, gas, other utilities")
    PARTY = "22", _("Political party or election meeting")


class YesNoUnknown(models.TextChoices):
    """ "Not known" is always an answer."""

    YES = "YES", _("Yes")
    NO = "NO", _("No")
    UNKNOWN = "UNKNOWN", _("Not known")


class Delivery(models.TextChoices):
    """How a device was brought (UNMAS IED lexicon)."""

    PBIED = "PBIED", _("Worn or carried by the attacker")
    VBIED = "VBIED", _("Vehicle")
    SVBIED = "SVBIED", _("Vehicle driven by the attacker")
    MCIED = "MCIED", _("Motorcycle")
    PLACED = "PLACED", _("Placed")
    MAGNETIC = "MAGNETIC", _("Magnetic or sticky")
    THROWN = "THROWN", _("Thrown")
    UAS = "UAS", _("Drone")
    WBIED = "WBIED", _("Boat")
    ANIMAL = "ANIMAL", _("Animal")
    NONE = "NONE", _("No device")
    UNKNOWN = "UNK", _("Not known")


class Occasion(models.TextChoices):
    """Days on which crowds gather and risk rises."""

    FRIDAY = "friday", _("Friday prayers")
    MILAD = "milad", _("Eid Milad-un-Nabi (12 Rabi-ul-Awwal)")
    ASHURA = "ashura", _("9 and 10 Muharram")
    CHEHLUM = "chehlum", _("Chehlum (20 Safar)")
    YOUM_ALI = "youm_ali", _("Youm-e-Ali (21 Ramzan)")
    RAMZAN = "ramzan", _("Ramzan")
    EID_FITR = "eid_fitr", _("Eid-ul-Fitr")
    EID_AZHA = "eid_azha", _("Eid-ul-Azha")
    URS = "urs", _("Urs or shrine festival")
    EASTER = "easter", _("Easter or Christmas")
    HOLI_DIWALI = "holi_diwali", _("Holi or Diwali")
    PAKISTAN_DAY = "pakday", _("23 March, Pakistan Day")
    INDEPENDENCE_DAY = "indday", _("14 August, Independence Day")
    DEFENCE_DAY = "defday", _("6 September, Defence Day")
    APS = "aps", _("16 December, Army Public School")
    ELECTION = "election", _("Election period")
    POLIO = "polio", _("Polio campaign")
    SPORT = "cricket", _("Sports event")
    VIP = "vip", _("VIP movement")
    COURT = "court", _("High-profile trial")
    GROUP = "anniv_group", _("Anniversary of a group")


class CasualtyGroup(models.TextChoices):
    """Who was hurt. Attackers are counted apart and never summed with victims."""

    VICTIMS = "victims", _("All victims, not attackers")
    CIVILIAN = "civilian", _("Civilians")
    POLICE = "police", _("Police")
    LEVIES = "levies", _("Levies or Khasadar")
    CIVIL_ARMED_FORCES = "caf", _("Civil armed forces")
    MILITARY = "military", _("Military")
    INTELLIGENCE = "intel", _("Intelligence personnel")
    RESCUE = "rescue", _("Rescue and medical")
    OFFICIAL = "official", _("Government officials")
    FOREIGN = "foreign", _("Foreign nationals")
    STATE_FORCES = "state", _("Security forces, not told apart")
    ATTACKERS = "perpetrator", _("Attackers")
    NOT_TOLD = "not_told", _("Victims or attackers, not told apart")
    EVERYBODY = "everybody", _("Everybody, attackers included")


# Counts that attackers are in, or may be in: never in a sum of victims.
NOT_VICTIMS = (CasualtyGroup.ATTACKERS, CasualtyGroup.NOT_TOLD, CasualtyGroup.EVERYBODY)


class CasualtyState(models.TextChoices):
    """What happened to them."""

    KILLED = "killed", _("Killed")
    KILLED_AT_SCENE = "killed_scene", _("Killed at the scene")
    DIED_OF_WOUNDS = "died_hospital", _("Died of wounds")
    INJURED = "injured", _("Injured")
    CRITICAL = "critical", _("Critically injured")
    MISSING = "missing", _("Missing")
    TRAPPED = "trapped", _("Trapped")
    ABDUCTED = "abducted", _("Abducted")


class Reliability(models.TextChoices):
    """Admiralty scale: how far the source has been right before."""

    A = "A", _("A: completely reliable")
    B = "B", _("B: usually reliable")
    C = "C", _("C: fairly reliable")
    D = "D", _("D: not usually reliable")
    E = "E", _("E: unreliable")
    F = "F", _("F: cannot be judged")


class Credibility(models.TextChoices):
    """Admiralty scale: how far this one piece of information is borne out."""

    CONFIRMED = "1", _("1: confirmed by other sources")
    PROBABLE = "2", _("2: probably true")
    POSSIBLE = "3", _("3: possibly true")
    DOUBTFUL = "4", _("4: doubtful")
    IMPROBABLE = "5", _("5: improbable")
    UNJUDGED = "6", _("6: cannot be judged")


class ClaimKind(models.TextChoices):
    """What was said about who did it. None of them is a finding."""

    CLAIM = "CLAIM", _("Claim of responsibility")
    DENIAL = "DENIAL", _("Denial")
    ALLEGATION = "ALLEGATION", _("Allegation")
    NO_CLAIM = "NO_CLAIM", _("No claim known")


class FactTopic(models.TextChoices):
    """What a single fact is about."""

    BEFORE = "BEFORE", _("What came before")
    WENT_WELL = "WENT_WELL", _("What went well")
    SHORTCOMING = "SHORTCOMING", _("Reported shortcoming")
    FOLLOW_UP = "FOLLOW_UP", _("What followed")
    CASE = "CASE", _("Case")
    COMMENT = "COMMENT", _("Comment and dissent")
    OTHER = "OTHER", _("Other")


class Basis(models.TextChoices):
    """What a fact rests on."""

    REPORTED = "REPORTED", _("Reported")
    INFERENCE = "INFERENCE", _("Inference from reported facts, not an official finding")
    OPINION = "OPINION", _("Opinion")


class DisputeState(models.TextChoices):
    """Two accounts stand side by side until somebody settles it and says how."""

    OPEN = "OPEN", _("Open")
    SETTLED = "SETTLED", _("Settled")


class RelationKind(models.TextChoices):
    """How two incidents are related."""

    SERIES = "SERIES", _("Same series of attacks")
    PLACE = "PLACE", _("Same place")
    GROUP = "GROUP", _("Same group")
    OTHER = "OTHER", _("Otherwise")


class RelationWord(models.TextChoices):
    """What an agency says of two incidents that may be related."""

    CONFIRMED = "CONFIRMED", _("Related")
    REFUSED = "REFUSED", _("Not related")
